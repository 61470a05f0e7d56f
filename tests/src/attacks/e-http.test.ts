import { connect } from "node:net"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { keys } from "../service-under-test.ts"
import { leaksIn, startUnderAttack, type UnderAttack, victimKey } from "./victim.ts"

let service: UnderAttack
beforeAll(async () => {
  service = await startUnderAttack()
})
afterAll(() => service.close())

/** Sends bytes as they are and reads until the other side ends, or has answered and waits for more. */
const raw = (text: string): Promise<string> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(service.url)
    const socket = connect(Number(port), hostname, () => socket.write(text, "latin1"))
    let heard = ""
    const end = () => {
      clearTimeout(quiet)
      socket.destroy()
      resolve(heard)
    }
    let quiet = setTimeout(end, 1_500)
    socket.on("data", (chunk) => {
      heard += chunk
      clearTimeout(quiet)
      quiet = setTimeout(end, 200)
    })
    socket.on("close", end)
    socket.on("error", end)
  })

const statuses = (answer: string) => [...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status))
const host = "Host: localhost\r\n"
const key = `Authorization: Bearer ${keys.secret}\r\n`
const get = (path: string, headers = "") => `GET ${path} HTTP/1.1\r\n${host}${headers}\r\n`
const post = (headers: string, body: string) => `POST /v1/signals HTTP/1.1\r\n${host}${key}${headers}\r\n${body}`
const inner = `GET /v1/context?identity=${victimKey} HTTP/1.1\r\n${host}\r\n`

describe("a request with two meanings gets neither", () => {
  it.each<[string, string]>([
    ["two lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n", "{}x")],
    ["a length and chunks", post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")],
    ["a length with a plus", post("Content-Length: +2\r\n", "{}")],
    ["chunks with an unknown coding", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")],
    ["a blank before the colon", post("Content-Length : 2\r\n", "{}")],
    ["a bare line feed", `GET /healthz HTTP/1.1\n${host}\n`],
    ["a folded header", get("/healthz", "X-A: b\r\n c\r\n")],
    ["a NUL in a header", get("/healthz", "X-A: b\0c\r\n")],
    ["a bare carriage return", get("/healthz", "X-A: b\rX-B: c\r\n")],
    ["a hexadecimal chunk size with 0x", post("Transfer-Encoding: chunked\r\n", "0x2\r\n{}\r\n0\r\n\r\n")],
    ["no Host", "GET /healthz HTTP/1.1\r\n\r\n"],
    ["two Hosts", `GET /healthz HTTP/1.1\r\n${host}Host: evil.example\r\n\r\n`],
    ["a blank in the address", "GET /healthz here HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["an unknown method", "OWN / HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["TLS on a plain port", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
  ])("%s", async (_, text) => {
    const answer = await raw(text)
    expect(statuses(answer).filter((status) => status < 400)).toEqual([])
    expect((await service.attack("/healthz")).status).toBe(200)
  })

  it.each<[string, string]>([
    [
      "behind a body that says it is shorter",
      post(`Content-Length: 2\r\nTransfer-Encoding: chunked\r\n`, `2\r\n{}\r\n0\r\n\r\n${inner}`),
    ],
    ["behind a GET with a body", `GET /healthz HTTP/1.1\r\n${host}Content-Length: ${inner.length}\r\n\r\n${inner}`],
    [
      "behind a body of the wrong coding",
      post("Transfer-Encoding: identity, chunked, identity\r\n", `0\r\n\r\n${inner}`),
    ],
  ])("a second request smuggled %s inherits no credential", async (_, text) => {
    const answer = await raw(text)
    expect(leaksIn([answer])).toEqual([])
  })
})

describe("an address with another name for the place", () => {
  it.each<[string, string]>([
    ["an absolute address of another host", `http://evil.example/v1/context?identity=${victimKey}`],
    ["dots that climb", `/healthz/../v1/context?identity=${victimKey}`],
    ["encoded dots", `/%2e%2e/v1/context?identity=${victimKey}`],
    ["two slashes", `//v1/context?identity=${victimKey}`],
    ["a backslash", `/v1\\context?identity=${victimKey}`],
    ["an encoded slash", `/v1%2Fcontext?identity=${victimKey}`],
    ["an encoded letter", `/v1/%63ontext?identity=${victimKey}`],
    ["a slash behind", `/v1/context/?identity=${victimKey}`],
    ["capitals", `/V1/Context?identity=${victimKey}`],
    ["a semicolon", `/v1/context;a=b?identity=${victimKey}`],
    ["health in front", `/healthz?/v1/context?identity=${victimKey}`],
  ])("%s passes no check by", async (_, path) => {
    const answer = await raw(get(path))
    expect(leaksIn([answer])).toEqual([])
    expect(answer).not.toMatch(/HTTP\/1\.1 5/)
  })
})

describe("a request that costs the caller little", () => {
  it("headers without end are cut off", async () => {
    const answer = await raw(
      get("/healthz", Array.from({ length: 4_000 }, (_, index) => `X-${index}: ${"a".repeat(20)}\r\n`).join("")),
    )
    expect(statuses(answer)).toEqual([431])
  })

  it("an address of a hundred thousand letters is cut off", async () => {
    const answer = await raw(get(`/v1/context?identity=user:${"a".repeat(100_000)}`))
    expect(statuses(answer)).toEqual([431])
  })

  it("a body that says it is larger than may be is refused before it is sent", async () => {
    const answer = await raw(post("Content-Length: 999999999\r\n", "{"))
    expect(statuses(answer)).toEqual([413])
  })

  it("chunks without end are cut off at the limit, in front of any reader", async () => {
    const chunk = `10000\r\n${"a".repeat(0x10000)}\r\n`
    const answer = await raw(post("Transfer-Encoding: chunked\r\n", chunk.repeat(40)))
    expect(statuses(answer).filter((status) => status < 400)).toEqual([])
    expect((await service.attack("/healthz")).status).toBe(200)
  })

  it("fifty connections that say half a request keep nobody else from being answered", async () => {
    const { hostname, port } = new URL(service.url)
    const slow = Array.from({ length: 50 }, () => {
      const socket = connect(Number(port), hostname)
      socket.on("error", () => {})
      socket.write("POST /v1/signals HTTP/1.1\r\nHost: x\r\nX-Slow: ")
      return socket
    })
    expect((await service.attack("/healthz")).status).toBe(200)
    for (const socket of slow) socket.destroy()
  })
})

describe("a page of another origin", () => {
  it("may call, but never with the browser's own credentials", async () => {
    const { headers } = await service.attack("/v1/context", { headers: { origin: "https://evil.example" } })
    expect(headers.get("access-control-allow-credentials")).toBeNull()
    expect(headers.get("set-cookie")).toBeNull()
  })

  it("the Host and the Origin a caller makes up stand in no answer", async () => {
    const answer = await raw(
      `GET /v1/context HTTP/1.1\r\nHost: evil-host.example\r\nOrigin: https://evil-origin.example\r\nX-Forwarded-Host: evil-forwarded.example\r\n\r\n`,
    )
    expect(answer).not.toContain("evil-")
  })
})
