import { describe, expect, it } from "vitest"
import type { Agent } from "../access/access-policy.ts"
import { createMemoryStore } from "../store/memory-store.ts"
import { openShop, said, start } from "./shop.fixture.ts"

const user = { kind: "user", value: "1" }
const mail = { kind: "email", value: "ada@example.com" }
const eve = (may: Pick<Agent, "reads" | "actions">): Agent => ({
  id: "eve",
  kind: "human",
  owner: "support",
  channel: "phone",
  writes: [],
  purposes: ["service"],
  ...may,
})
const open = (agents: readonly Agent[] = []) => {
  const store = createMemoryStore()
  return { store, ...openShop({ store, access: { agents } }) }
}
const exported = (shop: ReturnType<typeof open>, key = "user:1", credential?: string) =>
  shop.call(`/v1/export?identity=${key}`, { ...(credential && { credential }) })

describe("an export", () => {
  it("holds all of 500 planted facts over merged identities, and none of anybody else's", async () => {
    const shop = open()
    await shop.tellonce.link(user, mail, "shop")
    const planted = Array.from({ length: 500 }, (_, index) => `FACT-${index}-`)
    const signals = planted.map((fact, index) =>
      said(index % 2 ? user : mail, { at: start - index, facts: { viewed: [fact] } }),
    )
    for (let from = 0; from < 500; from += 250) await shop.send(signals.slice(from, from + 250))
    await shop.send([said({ kind: "user", value: "2" }, { facts: { orderNumber: "FOREIGN" } })])
    const { text, lines } = await exported(shop)
    expect(planted.filter((fact) => !text.includes(fact))).toEqual([])
    expect(text).not.toContain("FOREIGN")
    const [head, ...rest] = lines()
    expect(head).toMatchObject({
      type: "export",
      definition: { name: "shop", version: 1 },
      identities: ["email:ada@example.com", "user:1"],
    })
    expect(head.links).toHaveLength(2)
    expect(rest.at(-1)).toMatchObject({ type: "summary", signals: 502 })
  })

  it("says what they agreed to and who was shown it", async () => {
    const shop = open([eve({ reads: "all", actions: ["read"] })])
    await shop.call("/v1/consent", {
      method: "PUT",
      body: { identity: user, choices: { marketing: "granted" }, source: "banner", version: "3" },
    })
    const { body } = await shop.call("/v1/tokens", { body: { kind: "agent", agent: "eve" } })
    await shop.call("/v1/context?identity=user:1", { credential: body.token })
    const summary = (await exported(shop)).lines().at(-1)
    expect(summary.consent).toMatchObject({
      state: { marketing: "granted" },
      history: [{ version: "3", source: "banner" }],
    })
    expect(summary.recipients).toMatchObject([
      { by: "agent:eve", channel: "phone", action: "read", purposes: ["service"], times: 1, first: start },
      { by: "secret", action: "export" },
    ])
  })

  it("is for the customer themself and for nobody else's page", async () => {
    const shop = open()
    await shop.send([said(user, { facts: { orderNumber: "A-1" } })])
    const own = await shop.customer(user)
    expect((await exported(shop, "user:1", own)).lines().at(-1)).toMatchObject({ type: "summary", signals: 1 })
    for (const credential of [own, (await shop.visitor()).token, "pk_privacy-tests"]) {
      expect((await exported(shop, "user:2", credential)).status).toBe(403)
    }
  })

  it("to an agent holds what the agent may read", async () => {
    const shop = open([eve({ reads: ["orderNumber"], actions: ["export"] })])
    await shop.send([
      said(user, { facts: { orderNumber: "A-1", visited: "SECRET" }, event: { name: "message", text: "SECRET" } }),
    ])
    const { body } = await shop.call("/v1/tokens", { body: { kind: "agent", agent: "eve" } })
    const { text } = await exported(shop, "user:1", body.token)
    expect(text).toContain("A-1")
    expect(text).not.toContain("SECRET")
  })
})

it("an export for a purpose holds what serves it and was agreed to, whoever asks", async () => {
  const shop = openShop({ store: createMemoryStore() })
  await shop.send([said(user, { facts: { consent: { marketing: "granted" }, orderNumber: "A-1", segment: "gold" } })])
  for (const credential of ["sk_privacy-tests-secret", await shop.customer(user)]) {
    const of = async (purpose: string) =>
      (await shop.call(`/v1/export?identity=user:1&purpose=${purpose}`, { credential })).text
    const [marketing, analytics, service] = [await of("marketing"), await of("analytics"), await of("service")]
    const shown = [marketing, analytics, service].map((text) => ["A-1", "gold"].filter((value) => text.includes(value)))
    expect(shown).toEqual([["gold"], [], ["A-1", "gold"]])
  }
})

describe("an import", () => {
  const planted = async (shop: ReturnType<typeof open>) => {
    await shop.tellonce.link(user, mail, "shop")
    await shop.send([
      said(user, {
        at: start - 1,
        facts: { orderNumber: "A-1", consent: { marketing: "denied" } },
        event: { name: "message", text: "hello" },
      }),
      said(mail, { facts: { viewed: ["a", "b"] }, matter: "m1", event: { name: "opened", kind: "return" } }),
    ])
    return (await exported(shop)).text
  }

  it("into an empty service gives the same hash, and again changes nothing", async () => {
    const file = await planted(open())
    const other = open()
    other.pass(400 * 86_400_000)
    const first = (await other.call("/v1/import", { raw: file })).body
    expect(first).toMatchObject({ signals: 4, duplicates: 0, same: true })
    expect((await other.call("/v1/import", { raw: file })).body).toMatchObject({ duplicates: 4, same: true })
    const theirs = (await exported(other)).lines()
    expect(theirs.at(-1).hash).toBe(first.hash)
    expect(theirs.filter(({ type }: { type: string }) => type === "signal")).toEqual(
      file
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
        .filter(({ type }) => type === "signal"),
    )
  })

  it("brings back what is no longer in the log", async () => {
    const shop = openShop({ store: createMemoryStore(), logFor: "1d" })
    await planted(shop as never)
    shop.pass(2 * 86_400_000)
    await shop.tellonce.retain()
    const file = await shop.call("/v1/export?identity=user:1")
    expect(file.lines().at(-1).signals).toBe(1)
    const other = open()
    expect((await other.call("/v1/import", { raw: file.text })).body).toMatchObject({ same: true })
    expect((await other.tellonce.view(user)).orderNumber.value).toBe("A-1")
  })

  it("refuses what is cut off, foreign, of another definition, or no export at all, and all but the secret key", async () => {
    const shop = open()
    const file = await planted(shop)
    const lines = file.trim().split("\n")
    const codeOf = async (raw: string, credential?: string) =>
      (await shop.call("/v1/import", { raw, ...(credential && { credential }) })).body.error?.code
    expect(await codeOf(lines.slice(0, -1).join("\n"))).toBe("import/cut_off")
    expect(await codeOf(file.replaceAll('"key":"user:1"', '"key":"user:2"'))).toBe("import/foreign")
    expect(await codeOf(file.replace('"name":"shop"', '"name":"other"'))).toBe("import/stranger")
    expect(await codeOf("{}\n")).toBe("import/format")
    expect(await codeOf("hello")).toBe("import/not_json")
    expect(await codeOf("")).toBe("import/format")
    const asGod = (type: string) =>
      lines
        .map((line) =>
          line.includes(`"type":"${type}"`) ? line.replace(/"authority":"\w+"/, '"authority":"god"') : line,
        )
        .join("\n")
    expect(await codeOf(asGod("signal"))).toBe("import/signal")
    expect(await codeOf(asGod("context"))).toBe("import/context")
    expect(await codeOf(file, await shop.customer(user))).toBe("access/denied")
  })

  it("of somebody who was erased needs a reason", async () => {
    const shop = open()
    const file = await planted(shop)
    await shop.tellonce.erase(user)
    expect((await shop.call("/v1/import", { raw: file })).body.error.code).toBe("import/erased")
    expect((await exported(shop)).lines().at(-1).signals).toBe(0)
    expect((await shop.call("/v1/import?reaffirm=came_back", { raw: file })).body.same).toBe(true)
  })

  it.each(["this node", "another"])(
    "of somebody who is erased on %s while it is being sent leaves nothing of them",
    async (where) => {
      const store = createMemoryStore()
      // No word of what others do: it is asked for.
      const shop = openShop({ store: { ...store, watch: () => () => {}, lateness: 1 } })
      const eraser = where === "this node" ? shop : openShop({ store })
      const lines = (await planted(shop as never)).trim().split("\n")
      async function* slow() {
        const encoder = new TextEncoder()
        yield encoder.encode(`${lines.slice(0, 3).join("\n")}\n`)
        await new Promise(setImmediate)
        await eraser.tellonce.erase(user)
        yield encoder.encode(lines.slice(3).join("\n"))
      }
      const headers = { authorization: "Bearer sk_privacy-tests-secret" }
      const body = ReadableStream.from(slow())
      const { status } = await shop.tellonce.fetch(
        new Request("http://localhost/v1/import", { method: "POST", headers, body, duplex: "half" }),
      )
      expect(status).toBe(409)
      expect(await store.log({ keys: ["user:1", "email:ada@example.com"] })).toEqual([])
      expect(await store.keys({})).toEqual([])
    },
  )
})
