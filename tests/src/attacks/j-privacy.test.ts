import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { keys, said } from "../service-under-test.ts"
import { canaries, leaksIn, startUnderAttack, type UnderAttack, victim, victimKey } from "./victim.ts"

describe("secrets and customers' words stay out of what is written down", () => {
  let service: UnderAttack
  beforeAll(async () => {
    service = await startUnderAttack()
  })
  afterAll(() => service.close())

  it("no refusal repeats what was sent: neither a value nor an identity nor a credential", async () => {
    const bodies = [
      { signals: [said({ identity: victim, facts: { intent: canaries.order } })] },
      { signals: [said({ identity: victim, facts: { [canaries.order]: 1 } })] },
      { signals: [said({ channel: { [canaries.tag]: canaries.message } })] },
      { [canaries.order]: true },
    ]
    for (const body of bodies) await service.attack("/v1/signals", { credential: keys.secret, body })
    await service.attack("/v1/signals", { credential: keys.secret, raw: `{"signals": ${canaries.order}` })
    await service.attack("/v1/asks", {
      credential: keys.secret,
      body: { identity: victim, fields: [canaries.tag], channel: "x" },
    })
    await service.attack(`/v1/context?identity=${canaries.order}`, { credential: keys.secret })
    await service.attack("/v1/context", { credential: canaries.tag })
    expect(leaksIn(service.heard)).toEqual([])
    expect(service.heard.join("\n")).not.toContain(keys.secret)
  })

  it("no line of the log holds one, at the most talkative level", async () => {
    await service.call(`/v1/context?identity=${victimKey}`)
    await service.attack(`/v1/context?identity=${victimKey}&note=${canaries.order}`, {
      credential: canaries.tag,
      headers: { "user-agent": canaries.told },
    })
    await service.attack(`/${canaries.order}`, { credential: keys.secret })
    expect(service.logged.length).toBeGreaterThan(5)
    expect(leaksIn(service.logged)).toEqual([])
    const all = service.logged.join("")
    for (const secret of [keys.secret, keys.publishable, victim.value]) expect(all).not.toContain(secret)
  })

  it("nor do the metrics name anybody", async () => {
    const { status, text } = await service.attack("/metrics", { credential: keys.secret })
    expect(status).toBe(200)
    expect(leaksIn([text])).toEqual([])
    expect(text).not.toContain(victim.value)
  })
})

describe("erased is erased", () => {
  let service: UnderAttack
  let before: string
  beforeAll(async () => {
    service = await startUnderAttack()
    before = (await service.tellonce.issueToken({ kind: "customer", identity: victim })).token
    await service.tellonce.erase(victim)
  })
  afterAll(() => service.close())

  it("no answer knows the customer any more", async () => {
    const answers = await Promise.all(
      [
        `/v1/context?identity=${victimKey}`,
        `/v1/export?identity=${victimKey}`,
        `/v1/audit/readers?identity=${victimKey}`,
      ].map((path) => service.attack(path, { credential: keys.secret })),
    )
    expect(leaksIn(answers.map(({ text }) => text))).toEqual([])
  })

  it("a device that was away brings nothing back, whatever time it says it is", async () => {
    for (const at of [Date.now() - 86_400_000, Date.now(), Date.UTC(2035, 0)]) {
      const { status, code } = await service.attack("/v1/signals", {
        credential: before,
        body: { signals: [said({ identity: victim, at, facts: { orderNumber: canaries.order } })] },
      })
      expect([status, code]).toEqual([410, "access/erased"])
    }
    const { text } = await service.attack(`/v1/context?identity=${victimKey}`, { credential: keys.secret })
    expect(leaksIn([text])).toEqual([])
  })

  it("nor does a system that sends the customer again, as its nightly copy would", async () => {
    const [status] = await service.send([said({ identity: victim, facts: { orderNumber: canaries.order } })])
    expect(status).not.toBe("accepted")
  })

  it("and the trail says that it was done, by whom, and not to whom", async () => {
    const { body } = await service.call(`/v1/audit/readers?identity=${victimKey}`)
    const erasure = body.entries.find(({ entry }: { entry: { action: string } }) => entry.action === "erase")
    expect(erasure?.entry).toMatchObject({ by: "secret", outcome: "allowed" })
    expect(JSON.stringify(body)).not.toContain(victim.value)
  })
})
