import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { createGuardedFetch } from "@tellonce/node"
import { afterAll, beforeAll, describe, expect, it } from "vitest"

let inside: Server
let port: number
let visits = 0
beforeAll(async () => {
  inside = createServer((request, response) => {
    visits++
    if (request.url === "/away") {
      response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data" }).end()
    } else if (request.url === "/endless") {
      const more = setInterval(() => response.write("x".repeat(65_536)), 1)
      response.on("close", () => clearInterval(more))
    } else response.end("the inside")
  })
  await new Promise<void>((resolve) => inside.listen(0, "127.0.0.1", resolve))
  port = (inside.address() as AddressInfo).port
})
afterAll(() => {
  inside.closeAllConnections()
  inside.close()
})

const outcome = (work: Promise<Response>): Promise<string> =>
  work.then(
    async (response) => {
      const text = await response.text()
      return `${response.status} ${text.slice(0, 20)}`
    },
    (thrown: { readonly code?: string }) => thrown.code ?? "unknown",
  )

describe("a name of the inside in other clothes", () => {
  it.each([
    "127.1",
    "0x7f000001",
    "2130706433",
    "0177.0.0.1",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "0",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[fe80::1]",
    "[fc00::1]",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "localhost",
    "localhost.",
  ])("%s is not connected to, even when somebody has listed it", async (host) => {
    const before = visits
    const guarded = createGuardedFetch({ allow: [{ origin: `http://${host}:${port}`, plain: true }] })
    expect(await outcome(guarded(`http://${host}:${port}/`))).toMatch(/^fetch\/(address|failed)$/)
    expect(visits).toBe(before)
  })

  it("nor is a public name that leads inside, nor one that leads to both", async () => {
    for (const addresses of [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::ffff:127.0.0.1"]]) {
      const guarded = createGuardedFetch({
        allow: [{ origin: `http://orders.example:${port}`, plain: true }],
        lookup: async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      })
      expect(await outcome(guarded(`http://orders.example:${port}/`))).toBe("fetch/address")
    }
    expect(visits).toBe(0)
  })

  it("nor a name that leads outside when it is checked and inside when it is connected to", async () => {
    let asked = 0
    const guarded = createGuardedFetch({
      allow: [{ origin: `http://orders.example:${port}`, plain: true }],
      timeout: 300,
      lookup: async () => [{ address: asked++ === 0 ? "203.0.113.1" : "127.0.0.1", family: 4 }],
    })
    expect(await outcome(guarded(`http://orders.example:${port}/`))).toMatch(/^fetch\//)
    expect([asked, visits]).toEqual([1, 0])
  })
})

describe("an origin that is listed", () => {
  const listed = () =>
    createGuardedFetch({
      allow: [{ origin: `http://orders.example:${port}`, plain: true, addresses: ["127.0.0.0/8"] }],
      lookup: async () => [{ address: "127.0.0.1", family: 4 }],
      mostBytes: 100_000,
    })

  it("leads nowhere else: a redirect is an answer, not a way", async () => {
    const result = await outcome(listed()(`http://orders.example:${port}/away`))
    expect(result).not.toContain("meta-data")
    expect(result).not.toMatch(/^200/)
  })

  it("sends no more than is taken", async () => {
    expect(await outcome(listed()(`http://orders.example:${port}/endless`))).toMatch(/^fetch\//)
  })

  it.each<[string]>([
    ["http://orders.example:PORT@169.254.169.254/"],
    ["http://169.254.169.254\\@orders.example:PORT/"],
    ["http://169.254.169.254#@orders.example:PORT/"],
    ["http://orders.example:PORT.evil.example/"],
    ["http://0rders.example:PORT/"],
    ["ftp://orders.example:PORT/"],
    ["file:///etc/passwd"],
    ["data:text/plain,hello"],
    ["//orders.example/"],
  ])("is not %s", async (url) => {
    expect(await outcome(listed()(url.replace("PORT", String(port))))).toBe("fetch/origin")
  })
})
