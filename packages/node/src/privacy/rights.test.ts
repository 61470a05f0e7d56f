import { describe, expect, it } from "vitest"
import { createMemoryStore } from "../store/memory-store.ts"
import { dueAt } from "./due-at.ts"
import { openShop, said, shop, start } from "./shop.fixture.ts"

const ada = { kind: "email", value: "ada@example.com" }
const named = "identity=email:ada@example.com"
const day = 86_400_000
const purposes = { segment: ["marketing"], lastAdvert: ["marketing", "analytics"] }
const desk = {
  id: "desk",
  kind: "human",
  owner: "support",
  channel: "desk",
  reads: "all",
  writes: [],
  actions: ["read", "consent"],
  purposes: ["service", "marketing"],
} as const

const open = async () => {
  const service = openShop({ store: createMemoryStore(), access: { purposes, agents: [desk] } })
  const { token } = await service.tellonce.issueToken({ kind: "agent", agent: "desk" })
  const read = async (purpose: string, credential = token) =>
    (await service.call(`/v1/context?${named}&purpose=${purpose}`, { credential })).body.view
  await service.send([said(ada, { facts: { consent: { marketing: "granted" }, orderNumber: "A-1", segment: "gold" } })])
  return { ...service, read, token }
}

describe("a restriction", () => {
  it("keeps what is known and shows it to no agent, for no purpose, until it is lifted; their own page shows it", async () => {
    const { call, read, customer, pass } = await open()
    expect((await read("service")).orderNumber.value).toBe("A-1")
    const body = { identity: ada, restricted: true, source: "desk" }
    expect((await call("/v1/restrictions", { method: "PUT", body })).body.state).toMatchObject({
      $processing: "denied",
    })
    for (const purpose of ["service", "marketing"]) {
      const seen = await read(purpose)
      expect([seen.orderNumber, seen.segment].map(({ state }) => state)).toEqual(["withheld", "withheld"])
    }
    expect((await read("service", await customer(ada))).orderNumber.value).toBe("A-1")
    // Of two at the same time the stricter counts.
    pass(1)
    await call("/v1/restrictions", { method: "PUT", body: { ...body, restricted: false } })
    expect((await read("service")).orderNumber.value).toBe("A-1")
    expect((await read("marketing")).segment.value).toBe("gold")
  })
})

it("a restriction empties an agent's open stream, and nothing more comes by it", async () => {
  const { call, send, tellonce, token, pass } = await open()
  const request = new Request(`http://localhost/v1/stream?${named}`, { headers: { authorization: `Bearer ${token}` } })
  const reader = (await tellonce.fetch(request)).body?.getReader()
  const read = async (until: RegExp) => {
    let text = ""
    while (!until.test(text)) text += new TextDecoder().decode((await reader?.read())?.value)
    return text
  }
  expect(await read(/event: snapshot\n.*\n\n/)).toContain("A-1")
  pass(1)
  await call("/v1/restrictions", { method: "PUT", body: { identity: ada, restricted: true, source: "desk" } })
  await send([said(ada, { at: start + 1, facts: { orderNumber: "A-2" } })])
  pass(1)
  await call("/v1/restrictions", { method: "PUT", body: { identity: ada, restricted: false, source: "desk" } })
  const [before] = (await read(/A-2/)).split("A-2")
  // The one that shows nothing, and the one of when it is lifted.
  expect(before?.match(/event: \w+/g)).toEqual(["event: snapshot", "event: snapshot"])
  await reader?.cancel()
})

it("an agent who records choices without reading them is answered with none of the customer's others", async () => {
  const clerk = { ...desk, reads: ["orderNumber"], writes: ["consent"], actions: ["consent", "write"] } as const
  const { call, send, tellonce } = openShop({ store: createMemoryStore(), access: { purposes, agents: [clerk] } })
  await send([said(ada, { facts: { consent: { newsletter: "denied" } } })])
  const { token: credential } = await tellonce.issueToken({ kind: "agent", agent: "desk" })
  const put = { method: "PUT", credential }
  const choices = { identity: ada, choices: { marketing: "granted" }, source: "desk" }
  const restriction = { identity: ada, restricted: true, source: "desk" }
  for (const { status, body } of [
    await call("/v1/consent", { ...put, body: choices }),
    await call("/v1/restrictions", { ...put, body: restriction }),
  ])
    expect([status, body.state]).toEqual([200, {}])
})

describe("an objection", () => {
  it("ends the purpose: nothing is read for it, and what was kept for it alone is gone; the service itself is none", async () => {
    const { call, read, tellonce } = await open()
    await call("/v1/objections", { body: { identity: ada, purpose: "marketing", source: "page" } })
    expect((await read("marketing")).segment.value).toBeUndefined()
    expect((await tellonce.view(ada)).segment.value).toBeUndefined()
    expect((await read("service")).orderNumber.value).toBe("A-1")
    const service = await call("/v1/objections", { body: { identity: ada, purpose: "service", source: "page" } })
    expect([service.status, service.body.error.code]).toEqual([422, "rights/service"])
  })
})

describe("a minor", () => {
  it("has no purpose beyond the service, whatever was consented to; what was kept for others is gone and stays out", async () => {
    const { call, read, send, tellonce } = await open()
    await call("/v1/minors", { method: "PUT", body: { identity: ada, minor: true, source: "crm" } })
    await send([said(ada, { at: start + 1, facts: { consent: { marketing: "granted" } } })])
    const [refused] = await send([said(ada, { facts: { segment: "silver" } })])
    expect(refused.code).toBe("consent/denied")
    expect((await tellonce.view(ada)).segment.value).toBeUndefined()
    expect((await read("marketing")).segment.state).toBe("withheld")
    expect((await read("service")).orderNumber.value).toBe("A-1")
  })

  it("cannot be made of age by a page", async () => {
    const { call, visitor } = await open()
    const { token } = await visitor()
    const put = await call("/v1/minors", { method: "PUT", credential: token, body: { minor: false, source: "page" } })
    expect(put.status).toBe(403)
    const consent = { choices: { $adult: "granted" }, source: "page" }
    expect((await call("/v1/consent", { method: "PUT", credential: token, body: consent })).status).toBe(400)
    expect(
      (await call("/v1/minors", { method: "PUT", credential: token, body: { minor: true, source: "page" } })).status,
    ).toBe(200)
  })
})

it("one may choose on 64 purposes, and no more than those then; nothing pushes out that they are a minor, and it can still be said", async () => {
  const { call, customer, tellonce, pass } = await open()
  await call("/v1/minors", { method: "PUT", body: { identity: ada, minor: true, source: "crm" } })
  pass(1_000)
  const credential = await customer(ada)
  const choose = async (from: number, count: number) => {
    const choices = Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${from + index}`, "denied"]))
    const put = { method: "PUT", credential, body: { choices, source: "page" } }
    const { status, body } = await call("/v1/consent", put)
    return body.error?.code ?? status
  }
  // One they have already.
  expect(await choose(0, 63)).toBe(200)
  expect(await choose(63, 1)).toBe("consent/too_many")
  expect(await choose(0, 63)).toBe(200)
  const [refused] = await tellonce.record([
    { identity: ada, channel: "web", source: "shop", facts: { consent: { p63: "denied" } } },
  ])
  expect(refused).toMatchObject({ code: "consent/too_many" })
  const restriction = { identity: ada, restricted: true, source: "desk" }
  expect((await call("/v1/restrictions", { method: "PUT", body: restriction })).status).toBe(200)
  expect((await tellonce.view(ada)).consent.value).toMatchObject({ $adult: "denied", marketing: "granted" })
})

it("nobody chooses on more than 64 purposes by batches that are sent at the same moment", async () => {
  const { tellonce } = await open()
  const choose = (prefix: string) =>
    tellonce.record([
      {
        identity: ada,
        channel: "web",
        source: "shop",
        facts: {
          consent: Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`${prefix}${index}`, "denied"])),
        },
      },
    ])
  const answers = await Promise.all(["a", "b"].map(choose))
  expect(answers.flat()).toMatchObject([{ status: "accepted" }, { code: "consent/too_many" }])
})

it("what a bot may not grant takes no room from the customer's own choices in the same batch", async () => {
  const { tellonce } = await open()
  const choose = (prefix: string, choice: string, authority: "bot" | "customer") => {
    const names = Array.from({ length: 40 }, (_, index) => `${prefix}${index}`)
    const consent = Object.fromEntries(names.map((name) => [name, choice]))
    return { identity: ada, channel: "web", source: "shop", authority, facts: { consent } }
  }
  const answers = await tellonce.record([choose("a", "granted", "bot"), choose("b", "denied", "customer")])
  expect(answers).toMatchObject([{ code: "consent/not_given" }, { status: "accepted" }])
})

it("a grant that is refused itself agrees to nothing in the same batch", async () => {
  const sold = { ...purposes, viewed: ["sale"] }
  const { tellonce } = openShop({ store: createMemoryStore(), access: { purposes: sold } })
  const say = (facts: Readonly<Record<string, unknown>>) => ({ identity: ada, channel: "web", source: "shop", facts })
  const many = Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`p${index}`, "granted"]))
  const crowded = [say({ consent: { ...many, marketing: "granted" } }), say({ segment: "gold" })]
  expect(await tellonce.record(crowded)).toMatchObject([{ code: "consent/too_many" }, { code: "consent/denied" }])
  const entangled = [say({ consent: { marketing: "granted" }, viewed: ["A-1"] }), say({ segment: "gold" })]
  expect(await tellonce.record(entangled)).toMatchObject([{ code: "consent/denied" }, { code: "consent/denied" }])
})

describe("a request by right", () => {
  it("is due in a month, is overdue after it, and is closed as the matter it is", async () => {
    const { call, pass, now, customer } = await open()
    const page = await customer(ada)
    const opened = await call("/v1/privacy-requests", { credential: page, body: { kind: "access", source: "page" } })
    expect([opened.status, opened.body]).toMatchObject([201, { state: "open", law: "gdpr", due: dueAt(start, "gdpr") }])
    const list = async () => (await call(`/v1/privacy-requests?${named}`)).body.requests
    pass(32 * day)
    expect(await list()).toMatchObject([{ request: opened.body.request, isOverdue: true }])
    await call(`/v1/matters/${opened.body.request}/close`, { body: { identity: ada, outcome: "answered" } })
    expect(await list()).toMatchObject([{ state: "closed", isOverdue: false }])
    expect(now()).toBe(start + 32 * day)
  })

  it.each([
    ["gdpr", "2026-01-15T10:00:00Z", "2026-02-15T10:00:00Z"],
    ["gdpr", "2026-01-31T10:00:00Z", "2026-02-28T10:00:00Z"],
    ["gdpr", "2027-12-31T10:00:00Z", "2028-01-31T10:00:00Z"],
    ["ccpa", "2026-01-01T00:00:00Z", "2026-02-15T00:00:00Z"],
  ] as const)("by %s, made at %s, is due at %s", (law, from, due) => {
    expect(new Date(dueAt(Date.parse(from), law)).toISOString()).toBe(new Date(due).toISOString())
  })
})

describe("the register of processing", () => {
  it("names the purposes, fields and recipients of the configuration, to who may read the audit trail", async () => {
    const { call, tellonce, token } = await open()
    const { records } = (await call("/v1/records")).body
    expect(records).toEqual(JSON.parse(JSON.stringify(tellonce.rights.records())))
    expect(records.map(({ purpose }: { purpose: string }) => purpose)).toEqual(["service", "marketing", "analytics"])
    expect(records[0].categories).toEqual(Object.keys(shop.fields).filter((field) => !(field in purposes)))
    expect((await call("/v1/records", { credential: token })).status).toBe(403)
  })
})

describe("an export as a table", () => {
  it("has a row for each fact and choice, and no cell that a spreadsheet would run", async () => {
    const { call, send } = await open()
    const evil = ['=HYPERLINK("http://evil","x")', "+1", "-1", "@SUM(A1)", "\t=1", " =1", "two\nlines"]
    await send(evil.map((orderNumber, at) => said(ada, { at: start + at, facts: { orderNumber } })))
    const { status, text } = await call(`/v1/export?${named}&format=csv`)
    const lines = text.split("\r\n")
    expect([status, lines[0]]).toEqual([200, "what,identity,time,channel,source,by,matter,name,value"])
    expect(lines).toContain("fact,email:ada@example.com,2023-11-14T22:13:20.000Z,web,page,customer,,segment,gold")
    expect(text).toContain(`"'=HYPERLINK(""http://evil"",""x"")"`)
    const cells = lines.flatMap((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/))
    expect(cells.filter((cell) => /^"?\s*[=+\-@]/.test(cell))).toEqual([])
    expect(new Set(lines.slice(0, -1).map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).length))).toEqual(
      new Set([9]),
    )
  })
})
