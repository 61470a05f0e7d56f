import { connect } from "node:net"
import { afterAll, beforeAll, expect, it } from "vitest"
import { keys, said } from "../service-under-test.ts"
import { leaksIn, startUnderAttack, type UnderAttack, victim, victimKey } from "./victim.ts"

let service: UnderAttack
beforeAll(async () => {
  service = await startUnderAttack()
})
afterAll(() => service.close())

const follow = async (path: string, credential: string | null) => {
  const abort = new AbortController()
  const response = await fetch(service.url + path, {
    signal: abort.signal,
    headers: credential === null ? {} : { authorization: `Bearer ${credential}` },
  })
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const state = { heard: "", ended: false }
  const reading = (async () => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      state.heard += new TextDecoder().decode(value)
    }
  })()
    .catch(() => {})
    .finally(() => {
      state.ended = true
    })
  return { status: response.status, state, reading, close: () => abort.abort() }
}
const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10))
}

it("a reader that never reads is cut off, and those that read miss nothing", async () => {
  const identity = { kind: "email", value: "flood@example.com" }
  const { hostname, port } = new URL(service.url)
  const stalled = connect(Number(port), hostname)
  stalled.write(
    `GET /v1/stream?identity=email:flood@example.com HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${keys.secret}\r\n\r\n`,
  )
  stalled.pause()
  const reader = await follow("/v1/stream?identity=email:flood@example.com", keys.secret)
  const text = "x".repeat(60_000)
  const rounds = 60
  for (let round = 0; round < rounds; round++) {
    await service.send(
      Array.from({ length: 8 }, (_, index) =>
        said({ identity, event: { name: "page", data: { text, at: `${round}-${index}` } } }),
      ),
    )
  }
  await until(() => reader.state.heard.includes(`"${rounds - 1}-7"`))
  const seen = new Set(reader.state.heard.match(/"at":"\d+-\d+"/g))
  expect(seen.size).toBe(rounds * 8)
  let bytes = 0
  const ended = new Promise<void>((resolve) => stalled.on("close", () => resolve()))
  stalled.on("error", () => {})
  stalled.on("data", (chunk) => {
    bytes += chunk.length
  })
  stalled.resume()
  await ended
  expect(bytes).toBeLessThan(rounds * 8 * text.length)
  reader.close()
}, 60_000)

it("a stream ends with the credential that opened it", async () => {
  const { token } = await service.tellonce.issueToken({ kind: "customer", identity: victim })
  const reader = await follow("/v1/stream", token)
  await until(() => reader.state.heard.includes("event: snapshot"))
  await service.tellonce.revoke({ identity: victim })
  await reader.reading
  expect(reader.state.ended).toBe(true)
  expect((await service.attack("/v1/stream", { credential: token })).status).toBe(401)
}, 20_000)

it("a ticket opens one stream, once, and nothing else", async () => {
  const { identity, token } = await service.visitor()
  const { body } = await service.call("/v1/tickets", { credential: token, method: "POST" })
  const ticket: string = body.ticket
  expect((await service.attack("/v1/context", { credential: ticket })).status).toBe(401)
  expect((await service.attack(`/v1/context?ticket=${ticket}`)).status).toBe(401)
  expect((await service.attack(`/v1/stream?ticket=${ticket}&identity=${victimKey}`)).status).toBe(403)
  const fresh = (await service.call("/v1/tickets", { credential: token, method: "POST" })).body.ticket
  const tries = await Promise.all(Array.from({ length: 20 }, () => follow(`/v1/stream?ticket=${fresh}`, null)))
  expect(tries.filter(({ status }) => status === 200)).toHaveLength(1)
  for (const { close } of tries) close()
  expect(identity.kind).toBe("anonymous")
  expect(leaksIn(service.heard)).toEqual([])
})

it("another spelling of a ticket's signature is the same ticket", async () => {
  const { token } = await service.visitor()
  const { ticket } = (await service.call("/v1/tickets", { credential: token, method: "POST" })).body
  const first = await follow(`/v1/stream?ticket=${ticket}`, null)
  expect(first.status).toBe(200)
  first.close()
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
  const last = letters.indexOf(ticket.at(-1))
  // The last letter of 32 bytes in base64url carries two bits that mean nothing.
  for (const bits of [0, 1, 2, 3]) {
    const variant = ticket.slice(0, -1) + letters[(last & 0b111100) | bits]
    expect((await service.attack(`/v1/stream?ticket=${variant}`)).status).toBe(401)
  }
})

it("a key in the address opens no stream", async () => {
  for (const name of ["ticket", "token", "key", "access_token"]) {
    expect((await service.attack(`/v1/stream?identity=${victimKey}&${name}=${keys.secret}`)).status).toBe(401)
  }
})

it("an agent that may see one field sees no other in the stream, neither at first nor later", async () => {
  const { token } = await service.tellonce.issueToken({ kind: "agent", agent: "bot" })
  const reader = await follow(`/v1/stream?identity=${victimKey}`, token)
  await until(() => reader.state.heard.includes("event: snapshot"))
  await service.send([
    said({ identity: victim, facts: { tags: ["hidden-from-bots"] } }),
    said({ identity: victim, event: { name: "message", text: "hidden-from-bots" } }),
    said({ identity: victim, facts: { orderNumber: "shown-to-bots" } }),
  ])
  await until(() => reader.state.heard.includes("shown-to-bots"))
  expect(reader.state.heard).not.toContain("hidden-from-bots")
  expect(leaksIn([reader.state.heard])).toEqual(["CANARY-ORDER-7Q2Z"])
  reader.close()
})
