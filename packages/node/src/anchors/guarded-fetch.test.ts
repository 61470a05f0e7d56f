import { createServer, type RequestListener, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, describe, expect, it } from "vitest"
import { createGuardedFetch, type GuardedFetchOptions } from "./guarded-fetch.ts"

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

const listen = async (handle: RequestListener) => {
  let requests = 0
  const server = createServer((request, response) => {
    requests++
    handle(request, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return { port: (server.address() as AddressInfo).port, requests: () => requests }
}

const hello: RequestListener = (_request, response) => response.end("hello")
const loopback = ["127.0.0.0/8"]
const toLoopback = async () => [{ address: "127.0.0.1", family: 4 }]
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "answered",
    (thrown: { readonly code?: string }) => thrown.code,
  )
const open = (port: number, rest: Partial<GuardedFetchOptions> = {}) =>
  createGuardedFetch({
    allow: [{ origin: `http://shop.test:${port}`, plain: true, addresses: loopback }],
    lookup: toLoopback,
    ...rest,
  })

describe("it calls what is listed", () => {
  it("an allowed origin at an allowed address answers, by its name", async () => {
    const { port } = await listen((request, response) => response.end(`${request.method} ${request.headers.host}`))
    const answer = await open(port)(`http://shop.test:${port}/stock`, { method: "POST", body: "{}" })
    expect([answer.status, await answer.text()]).toEqual([200, `POST shop.test:${port}`])
  })

  it.each([
    "http://other.test/",
    "https://shop.test/",
    "http://shop.test/",
    "http://shop.test@other.test/",
    "http://other.test\\@shop.test/",
    "http://ada:secret@shop.test:1/",
    "file:///etc/passwd",
    "/stock",
  ])("%s is not", async (url) => expect(await codeOf(open(1)(url))).toBe("fetch/origin"))

  it("and takes no origin without TLS that does not say so", () => {
    expect(() => createGuardedFetch({ allow: ["http://shop.test"] })).toThrow("plain: true")
    expect(() => createGuardedFetch({ allow: [{ origin: "ftp://shop.test", plain: true }] })).toThrow()
  })
})

it.each(["10.1.0.0", "10.1.0.0/33", "orders.example.com"])(
  "%s is no range of addresses, which is said at once and not at the first call",
  (range) => {
    const allow = [{ origin: "https://shop.test", addresses: ["10.1.0.0/16", range] }]
    expect(() => createGuardedFetch({ allow })).toThrow(expect.objectContaining({ code: "config/allow_list" }))
  },
)

describe("the connected address counts, not the text", () => {
  const forms = ["127.0.0.1", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "①②⑦.⓪.⓪.①", "127。0。0。1"]
  it.each(forms)("http://%s is loopback and refused", async (form) => {
    const { port, requests } = await listen(hello)
    const guarded = createGuardedFetch({ allow: [{ origin: `http://${form}:${port}`, plain: true }] })
    expect(await codeOf(guarded(`http://${form}:${port}/`))).toBe("fetch/address")
    expect(requests()).toBe(0)
    const named = createGuardedFetch({
      allow: [{ origin: `http://127.0.0.1:${port}`, plain: true, addresses: loopback }],
    })
    expect(await codeOf(named(`http://${form}:${port}/`))).toBe("answered")
  })

  it.each([
    "http://0/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://169.254.169.254\\@ok.com/",
    "http://[fd00:ec2::254]/",
  ])("%s is refused", async (url) => {
    const guarded = createGuardedFetch({ allow: [{ origin: url, plain: true }] })
    expect(await codeOf(guarded(url))).toBe("fetch/address")
  })

  it("a resolver that lies about an address is not asked", async () => {
    const guarded = createGuardedFetch({
      allow: [{ origin: "http://127.0.0.1:1", plain: true }],
      lookup: async () => [{ address: "93.184.216.34", family: 4 }],
    })
    expect(await codeOf(guarded("http://127.0.0.1:1/"))).toBe("fetch/address")
  })

  it("a name that turns inward after the check is connected where the check was", async () => {
    const { port, requests } = await listen(hello)
    const answers = ["127.0.0.2", "127.0.0.1"]
    let asked = 0
    const guarded = createGuardedFetch({
      allow: [{ origin: `http://rebind.test:${port}`, plain: true, addresses: ["127.0.0.2/32"] }],
      lookup: async () => [{ address: answers[asked++] ?? "127.0.0.1", family: 4 }],
      timeout: 200,
    })
    // The first goes to the address that may be called, where nobody listens; the second finds the name turned.
    expect(await codeOf(guarded(`http://rebind.test:${port}/`))).toMatch(/^fetch\/(timeout|failed)$/)
    expect(asked).toBe(1)
    expect(await codeOf(guarded(`http://rebind.test:${port}/`))).toBe("fetch/address")
    expect(requests()).toBe(0)
  })

  it("a name with one foot inside is refused", async () => {
    const lookup = async () => [
      { address: "93.184.216.34", family: 4 },
      { address: "10.0.0.1", family: 4 },
    ]
    const guarded = createGuardedFetch({ allow: ["https://both.test"], lookup })
    expect(await codeOf(guarded("https://both.test/"))).toBe("fetch/address")
  })
})

describe("an answer is bounded", () => {
  it("a redirect is not followed", async () => {
    const inside = await listen(hello)
    const { port } = await listen((_request, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${inside.port}/` }).end(),
    )
    expect(await codeOf(open(port)(`http://shop.test:${port}/`))).toBe("fetch/redirect")
    expect(inside.requests()).toBe(0)
  })

  it("one that never ends is cut at its size", async () => {
    const { port } = await listen((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write("x".repeat(65_536))) {}
        if (!response.destroyed) response.once("drain", more)
      }
      more()
    })
    expect(await codeOf(open(port)(`http://shop.test:${port}/`))).toBe("fetch/too_large")
  })

  it.each([
    ["that says nothing", () => {}],
    [
      "that stops in the middle",
      (_request: unknown, response: { write(text: string): void }) => response.write("half"),
    ],
  ] as const)("one %s is given up", async (_, handle) => {
    const { port } = await listen(handle as RequestListener)
    expect(await codeOf(open(port, { timeout: 100 })(`http://shop.test:${port}/`))).toBe("fetch/timeout")
  })

  it("a resolver that says nothing is given up", async () => {
    const guarded = open(1, { lookup: () => new Promise(() => {}), timeout: 50 })
    expect(await codeOf(guarded("http://shop.test:1/"))).toBe("fetch/timeout")
  })
})
