import { toRequest } from "./connection.ts"
import { headersOf } from "./shop.ts"

const host = "Host: localhost\r\n"
const post = (headers: string, body: string) =>
  Buffer.from(`POST /v1/signals HTTP/1.1\r\n${host}${headers}\r\n${body}`, "latin1")

/** What HTTP itself can be made to carry: whole requests as bytes. */
export const hostileRequests = (): Readonly<Record<string, Buffer>> => ({
  "a length and chunks": post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
  "chunks of one byte, 200,000": post("Transfer-Encoding: chunked\r\n", "1\r\na\r\n".repeat(200_000)),
  "chunks without end": post("Transfer-Encoding: chunked\r\n", `10000\r\n${"a".repeat(0x10000)}\r\n`.repeat(100)),
  "a chunk extension of 1 MB": post("Transfer-Encoding: chunked\r\n", `1;${"x".repeat(1_000_000)}\r\na\r\n`),
  "4,000 headers": Buffer.from(`GET /healthz HTTP/1.1\r\n${host}${"X-A: b\r\n".repeat(4_000)}\r\n`),
  "an address of 100,000 letters": toRequest("GET", `/v1/context?identity=user:${"a".repeat(100_000)}`),
  "an address of 15,000 %": toRequest("GET", `/v1/context?identity=user:${"%25".repeat(5_000)}`, {
    headers: headersOf(),
  }),
  "a token of 12,000 letters": toRequest("GET", "/v1/context?identity=user:a", {
    headers: headersOf(`a.${"b".repeat(12_000)}.c`),
  }),
  "1,000 requests in one packet": Buffer.concat(
    Array.from({ length: 1_000 }, () => toRequest("GET", "/v1/context?identity=user:a", { headers: headersOf() })),
  ),
  "a purpose of 10,000 letters": toRequest("GET", `/v1/context?identity=user:a&purpose=${"p".repeat(10_000)}`, {
    headers: headersOf(),
  }),
})
