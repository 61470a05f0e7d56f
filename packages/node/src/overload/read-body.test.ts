import { gzipSync } from "node:zlib"
import { expect, it } from "vitest"
import { readJson } from "../input-gate.ts"
import { limits } from "./limits.ts"

const post = (body: Uint8Array | string | ReadableStream, headers: Record<string, string> = {}) =>
  new Request("http://localhost/v1/signals", { method: "POST", body, headers, duplex: "half" } as RequestInit)

const codeOf = (request: Request) =>
  readJson(request).then(
    () => undefined,
    ({ status, code }: { status: number; code: string }) => `${status} ${code}`,
  )
const gzip = { "content-encoding": "gzip" }
const megabyte = "x".repeat(limits.bodyBytes)

it("reads JSON as it comes, and gzip", async () => {
  expect(await readJson(post('{"a":["é"]}'))).toEqual({ a: ["é"] })
  expect(await readJson(post(gzipSync('{"a":["é"]}'), gzip))).toEqual({ a: ["é"] })
  const large = JSON.stringify(Array.from({ length: 40 }, () => "x".repeat(60_000)))
  expect(await readJson(post(gzipSync(large), gzip))).toHaveLength(40)
})

it.each([
  ["413 body/too_large", () => post(`"${megabyte}"`)],
  ["413 body/too_large", () => post("{}", { "content-length": "1048577" })],
  ["413 body/too_large", () => post(endless())],
  ["413 body/too_large", () => post(gzipSync(Buffer.alloc(50_000_000, "[")), gzip)],
  ["413 shape/too_deep", () => post(gzipSync("[".repeat(5_000_000)), gzip)],
  ["413 shape/text_too_long", () => post(gzipSync(`"${"x".repeat(5_000_000)}"`), gzip)],
  ["400 body/not_gzip", () => post("{}", gzip)],
  ["400 body/not_gzip", () => post(gzipSync('{"a":1}').subarray(0, 15), gzip)],
  ["415 body/encoding", () => post("{}", { "content-encoding": "br" })],
  ["415 body/encoding", () => post("{}", { "content-encoding": "gzip, gzip" })],
  ["400 body/not_json", () => post("")],
  ["400 body/not_json", () => post(Uint8Array.of(0x22, 0xff, 0x22))],
])("%s (%#)", async (code, request) => {
  expect(await codeOf(request())).toBe(code)
})

/** A body that does not say how long it is, and has no end. */
const endless = () => new ReadableStream({ pull: (body) => body.enqueue(new Uint8Array(65_536)) })

it.each([{}, { "content-length": "100" }])(
  "400 http/cut_off, of a host with Fetch objects, too (%#)",
  async (headers) => {
    const sender = new AbortController()
    const body = new ReadableStream({
      pull(feed) {
        sender.abort()
        feed.error(new Error("aborted"))
      },
    })
    expect(await codeOf(new Request(post(body, headers), { signal: sender.signal }))).toBe("400 http/cut_off")
  },
)
