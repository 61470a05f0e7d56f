import { describe, expect, it } from "vitest"
import { createTellonce } from "../create-tellonce.ts"
import { createMemoryStore } from "../store/memory-store.ts"
import {
  canary,
  definition,
  everything,
  keys,
  readable,
  signalOf,
  startMatrix,
  subject,
  writable,
} from "./access-matrix.fixture.ts"
import { waysOut } from "./ways-out.fixture.ts"

const roles = Object.keys(readable)

describe.each(waysOut)("what comes out of $name is what the matrix declares", ({ read, shows }) => {
  it.each(
    roles.flatMap((role) =>
      (["service", "marketing", "undeclared"] as const).flatMap((purpose) =>
        [false, true].map((consents) => ({ role, purpose, consents })),
      ),
    ),
  )("for $role, purpose $purpose, consent $consents", async ({ role, purpose, consents }) => {
    const service = await startMatrix({ consents })
    const seen = await read(service, role, purpose)
    const declared = purpose === "undeclared" ? readable[role]?.service && [] : readable[role]?.[purpose]
    if (!declared) return expect(seen).toBeUndefined()
    const granted = purpose === "service" || consents ? declared : []
    // What serves marketing alone is not even kept of a customer who has not consented.
    const known = everything.filter((name) => consents || name !== "segment")
    const shown = everything.filter((name) => seen?.includes(canary(name)))
    const expected = known.filter((name) => granted.includes(name) && shows.includes(name))
    expect(shown).toEqual(expected)
  })
})

describe("what goes in is what the matrix declares", () => {
  it.each(roles.flatMap((role) => everything.map((name) => ({ role, name }))))(
    "$role states $name",
    async ({ role, name }) => {
      const { call, credentials } = await startMatrix({ consents: true })
      const authority = role === "secret" ? { authority: "record" } : {}
      const signal = signalOf(name, { id: "w1", at: Date.now(), identity: subject, ...authority })
      const response = await call("/v1/signals", credentials[role] ?? "", { signals: [signal] })
      const allowed = writable[role]
      if (!allowed) return expect(response.status).toBe(403)
      const { results } = (await response.json()) as { results: { status: string; code?: string }[] }
      expect(results[0]?.code ?? results[0]?.status).toBe(allowed.includes(name) ? "accepted" : "access/may_not_say")
    },
  )
})

it("what was told of a field stays with those who may read that field", async () => {
  const { call, credentials, tellonce } = await startMatrix()
  const told = { order: "canary-told-order;", size: "canary-told-size;" }
  await tellonce.record([
    { identity: subject, channel: "desk", source: "matrix", event: { name: "told", facts: told } },
  ])
  const answer = await (await call(`/v1/context?identity=email:${subject.value}`, credentials.desk ?? "")).text()
  expect(answer).toContain("canary-told-order;")
  expect(answer).not.toContain("canary-told-size;")
})

it("a consent that is withdrawn empties an open stream, and nothing goes out by the old consent", async () => {
  const { call, credentials, tellonce } = await startMatrix({ consents: true })
  const response = await call(
    `/v1/stream?purpose=marketing&identity=email:${subject.value}`,
    credentials.campaign ?? "",
  )
  const reader = response.body?.getReader()
  const read = async (until: RegExp) => {
    let text = ""
    while (!until.test(text)) text += new TextDecoder().decode((await reader?.read())?.value)
    return text
  }
  expect(await read(/snapshot.*\n\n/s)).toContain(canary("segment"))
  const said = { identity: subject, channel: "page", source: "page" }
  await tellonce.record([
    { ...said, facts: { consents: { marketing: "denied" } } },
    { ...said, facts: { city: "told-with-the-denial" } },
  ])
  const after = await read(/snapshot.*\n\n/s)
  expect(after).not.toContain(canary("segment"))
  expect(after).not.toContain("told-with-the-denial")
  await reader?.cancel()
})

it("whoever parts two identities learns who else the customer is only where they may read the links", async () => {
  const entry = { kind: "human", owner: "team", channel: "desk", writes: [], purposes: ["service"] } as const
  const clerk = { ...entry, id: "clerk", reads: ["order"], actions: ["unlink"] } as const
  const agents = [clerk, { ...clerk, id: "chief", reads: ["order", "$links"] }] as const
  const tellonce = createTellonce({
    context: definition,
    store: createMemoryStore(),
    keys,
    access: { agents },
    log: false,
  })
  const [user, phone] = [
    { kind: "user", value: "1" },
    { kind: "phone", value: "+4930901820" },
  ]
  const answerTo = async (agent: string, path: string) => {
    const { token } = await tellonce.issueToken({ kind: "agent", agent })
    const headers = { authorization: `Bearer ${token}` }
    const body = JSON.stringify({ identity: user, to: subject })
    return (await tellonce.fetch(new Request(`http://matrix${path}`, { method: "POST", headers, body }))).text()
  }
  await tellonce.link(user, subject, "crm")
  await tellonce.link(user, phone, "crm")
  expect(await answerTo("chief", "/v1/links/preview")).toContain(phone.value)
  expect(await answerTo("clerk", "/v1/links/preview")).not.toContain(phone.value)
  const unlinked = await answerTo("clerk", "/v1/links/unlink")
  expect([unlinked.includes('"parted":true'), unlinked.includes(phone.value)]).toEqual([true, false])
})
