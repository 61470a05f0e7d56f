import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { keys, said } from "../service-under-test.ts"
import { canaries, leaksIn, startUnderAttack, type UnderAttack, victim, victimKey } from "./victim.ts"

let service: UnderAttack
let agent: string
beforeAll(async () => {
  service = await startUnderAttack()
  agent = (await service.tellonce.issueToken({ kind: "agent", agent: "desk" })).token
})
afterAll(() => service.close())

const readers = async () =>
  (await service.call(`/v1/audit/readers?identity=${victimKey}`)).body.entries as {
    entry: {
      by: string
      action: string
      outcome: string
      fields?: string[]
      purpose?: string
      age?: object
      detail?: { code?: string }
    }
  }[]

describe("everything that somebody saw or did has an entry", () => {
  it("an agent's read: who, what, how old, for which purpose", async () => {
    await service.attack(`/v1/context?identity=${victimKey}`, { credential: agent })
    const entry = (await readers()).at(-1)?.entry
    expect(entry).toMatchObject({ by: "agent:desk", action: "read", outcome: "allowed", purpose: "service" })
    expect(entry?.fields).toEqual(expect.arrayContaining(["orderNumber", "tags", "$messages"]))
    expect(entry?.age).toMatchObject({ newest: expect.any(Number), oldest: expect.any(Number) })
  })

  it("a write, a merge, a claim and an unmerge", async () => {
    const user = { kind: "user", value: "audited" }
    await service.send([
      said({ identity: victim, facts: { intent: "return" } }),
      said({ identity: victim, authority: "record", event: { name: "linked", to: user, proof: "verified" } }),
      said({ identity: victim, authority: "record", event: { name: "unlinked", to: user } }),
    ])
    const actions = (await readers()).map(({ entry }) => entry.action)
    expect(actions).toEqual(expect.arrayContaining(["write", "merge", "unmerge"]))
    const other = await service.call("/v1/audit/readers?identity=user:audited")
    expect(other.body.entries.map(({ entry }: { entry: { action: string } }) => entry.action)).toEqual(
      expect.arrayContaining(["merge", "unmerge"]),
    )
  })

  it("a refusal, of somebody known and of nobody", async () => {
    const { token } = await service.visitor()
    await service.attack(`/v1/context?identity=${victimKey}`, { credential: token })
    await service.attack(`/v1/context?identity=${victimKey}`, { credential: "sk_guessed-by-a-stranger" })
    const denied = (await readers())
      .filter(({ entry }) => entry.outcome === "denied")
      .map(({ entry }) => [entry.by, entry.detail?.code])
    expect(denied).toEqual(
      expect.arrayContaining([
        ["visitor", "access/denied"],
        ["nobody", "access/unknown_credential"],
      ]),
    )
  })

  it("a customer who reads their own context has none: nobody else has seen anything", async () => {
    const before = (await readers()).length
    const { token } = await service.tellonce.issueToken({ kind: "customer", identity: victim })
    expect((await service.call("/v1/context", { credential: token })).status).toBe(200)
    expect((await readers()).length).toBe(before)
  })
})

it("the trail holds no word of a customer's", async () => {
  const { token } = await service.visitor()
  await service.send(
    [
      said({
        event: { name: canaries.order, data: { a: canaries.tag } },
        channel: canaries.tag,
        source: canaries.told,
      }),
    ],
    token,
  )
  await service.attack(
    `/v1/context?identity=email:${canaries.order}@example.com&purpose=${encodeURIComponent(canaries.message)}`,
    { credential: agent },
  )
  await service.attack(`/v1/context?identity=email:${canaries.order}@example.com`, { credential: canaries.tag })
  const { chains } = (await service.call("/v1/audit")).body
  const trail = await Promise.all(
    chains.map(async (chain: string) => JSON.stringify((await service.call(`/v1/audit?chain=${chain}`)).body)),
  )
  expect(trail.join("")).toContain("agent:desk")
  expect(leaksIn(trail)).toEqual([])
  expect(trail.join("")).not.toContain(victim.value)
  expect(trail.join("")).not.toContain(keys.secret)
})

it("heads that were exported earlier are compared over HTTP, and a line that was changed is refused", async () => {
  const { heads } = (await service.call("/v1/audit/verify")).body
  await service.call(`/v1/context?identity=${victimKey}`)
  const compared = (line: string) => service.call(`/v1/audit/verify?heads=${encodeURIComponent(line)}`)
  expect(await compared(heads)).toMatchObject({ status: 200, body: { ok: true, faults: [] } })
  const forged = heads.replace(/"seq":(\d+)/, '"seq":9999')
  expect(await compared(forged)).toMatchObject({ status: 400, body: { error: { code: "audit/heads" } } })
})

it("only the secret key and an agent registered for it read the trail", async () => {
  const { token } = await service.visitor()
  for (const path of ["/v1/audit", "/v1/audit/verify", `/v1/audit/readers?identity=${victimKey}`]) {
    for (const credential of [token, keys.publishable]) {
      expect((await service.attack(path, { credential })).status).toBe(403)
    }
    expect((await service.call(path)).status).toBe(200)
  }
})
