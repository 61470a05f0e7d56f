import { defineContext, latest } from "@tellonce/core"
import { describe, expect, it } from "vitest"
import * as z from "zod"
import { createMemoryStore } from "../store/memory-store.ts"
import { createAudit } from "./create-audit.ts"

const definition = defineContext({ name: "shop", version: 1, fields: { city: latest(z.string()) } })
const ada = { kind: "email", value: "ada@example.com" }
const grace = { kind: "email", value: "grace@example.com" }
const desk = { kind: "nobody" } as const

const open = ({ secrets = ["sk_one-secret-of-ours"], store = createMemoryStore() } = {}) => {
  let now = 1_000
  const failures: unknown[] = []
  const audit = createAudit({ store, definition, secrets, clock: () => now, onError: (error) => failures.push(error) })
  return { store, audit, failures, at: (time: number) => (now = time) }
}
const read = { principal: desk, action: "read", subject: ada, outcome: "allowed" } as const
const refusal = { ...read, outcome: "denied", detail: { code: "access/denied" } } as const
const all = async ({ store }: { store: ReturnType<typeof createMemoryStore> }) =>
  (await Promise.all((await store.chains()).map((chain) => store.audit({ chain })))).flat()

describe("what an entry holds", () => {
  it("no word of a customer's: neither who they are, nor a text where a code belongs, nor a name nobody declared", async () => {
    const opened = open()
    await opened.audit.note({
      ...read,
      others: ["phone:+33612345678"],
      fields: ["city", "ada@example.com", "$messages"],
      purpose: "for Ada Lovelace",
      detail: { code: "access/denied", why: "Ada said so", phone: "+33612345678", mail: "ada@example.com", count: 3 },
    })
    const [record] = await all(opened)
    expect(record?.entry).toEqual({
      by: "nobody",
      action: "read",
      outcome: "allowed",
      subjects: [expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)],
      fields: ["$messages", "city"],
      unknownFields: 1,
      purpose: "unknown",
      detail: { code: "access/denied", count: 3 },
    })
  })

  it("the same customer under another secret has another name", () => {
    const [one, two] = [open(), open({ secrets: ["sk_another-secret"] })].map(({ audit }) => audit.noteOf(read))
    expect(one?.entry.subjects).not.toEqual(two?.entry.subjects)
  })

  it("a customer's notes are in one chain of sixteen, and an act on nobody is in the service's", () => {
    const { audit } = open()
    const chains = Array.from({ length: 500 }, (_, value) =>
      audit.noteOf({ ...read, subject: { kind: "user", value: String(value) } }),
    ).map(({ chain }) => chain)
    expect(new Set(chains).size).toBe(16)
    expect(audit.noteOf(read).chain).toBe(audit.noteOf(read).chain)
    expect(audit.noteOf({ ...read, subject: undefined }).chain).toBe("service")
  })
})

describe("refusals", () => {
  it("that are alike become one note with their count; others stay their own", async () => {
    const opened = open()
    for (let index = 0; index < 1_000; index++) void opened.audit.note(refusal)
    void opened.audit.note({ ...refusal, subject: grace })
    await opened.audit.flush()
    expect((await all(opened)).map(({ entry }) => entry.count).sort()).toEqual([1, 1_000])
  })

  it("a flood of different ones fills no disk: what is over the most is counted together", async () => {
    const opened = open()
    for (let value = 0; value < 5_000; value++) {
      void opened.audit.note({ ...refusal, subject: { kind: "user", value: String(value) } })
    }
    await opened.audit.flush()
    const records = await all(opened)
    expect(records.length).toBeLessThanOrEqual(201)
    expect(records.reduce((sum, { entry }) => sum + Number(entry.count), 0)).toBe(5_000)
  })

  it("that cannot be kept are told to onError and stop nobody", async () => {
    const store = { ...createMemoryStore(), note: () => Promise.reject(new Error("full")) }
    const { audit, failures } = open({ store })
    void audit.note(refusal).catch(() => {})
    await audit.flush().catch(() => {})
    expect(failures).toHaveLength(1)
  })

  it("a read that cannot be kept is an error for whoever wants to answer it", async () => {
    const store = { ...createMemoryStore(), note: () => Promise.reject(new Error("full")) }
    await expect(open({ store }).audit.note(read)).rejects.toThrow("full")
  })
})

describe("who saw a customer", () => {
  it("is found by any identity that was part of what was shown, within the time, and for nobody else", async () => {
    const opened = open()
    await opened.audit.note({ ...read, others: ["user:7"] })
    opened.at(2_000)
    await opened.audit.note(read)
    opened.at(3_000)
    await opened.audit.note({ ...read, subject: grace })
    const times = async (identity: typeof ada, from: number, to: number) =>
      (await opened.audit.whoRead(identity, from, to)).map(({ at }) => at)
    expect(await times(ada, 0, 9_000)).toEqual([1_000, 2_000])
    expect(await times(ada, 1_500, 2_000)).toEqual([2_000])
    expect(await times({ kind: "user", value: "7" }, 0, 9_000)).toEqual([1_000])
    expect(await times({ kind: "email", value: "nobody@example.com" }, 0, 9_000)).toEqual([])
  })

  it("a stream that was opened before the time and may have lasted into it counts", async () => {
    const opened = open()
    await opened.audit.note({ ...read, action: "stream", detail: { until: 5_000 } })
    expect(await opened.audit.whoRead(ada, 4_000, 9_000)).toHaveLength(1)
    expect(await opened.audit.whoRead(ada, 5_001, 9_000)).toHaveLength(0)
  })

  it("entries made before a change of the secret are found while the old one is listed", async () => {
    const before = open()
    await before.audit.note(read)
    const after = open({ secrets: ["sk_the-new-one-of-ours", "sk_one-secret-of-ours"], store: before.store })
    expect(await after.audit.whoRead(ada, 0, 9_000)).toHaveLength(1)
    const forgotten = open({ secrets: ["sk_the-new-one-of-ours"], store: before.store })
    expect(await forgotten.audit.whoRead(ada, 0, 9_000)).toHaveLength(0)
  })
})

describe("exported heads", () => {
  it("show what was cut off at the end, which nothing else can", async () => {
    const opened = open()
    for (let index = 0; index < 5; index++) await opened.audit.note(read)
    const heads = await opened.audit.exportHeads()
    expect(await opened.audit.verify({ heads })).toEqual({ ok: true, records: 5, faults: [] })
    const [chain = ""] = await opened.store.chains()
    const cut = { ...opened.store, audit: async () => (await opened.store.audit({ chain })).slice(0, 4) }
    const without = open({ store: cut })
    expect(await without.audit.verify()).toMatchObject({ ok: true, records: 4 })
    expect(await without.audit.verify({ heads })).toMatchObject({
      ok: false,
      faults: [{ problem: "truncated", seq: 5 }],
    })
  })

  it("show a chain that is gone, and one that was written anew from the start", async () => {
    const opened = open()
    await opened.audit.note(read)
    const heads = await opened.audit.exportHeads()
    expect(await open().audit.verify({ heads })).toMatchObject({ ok: false, faults: [{ problem: "truncated" }] })
    const forged = open()
    forged.at(7)
    await forged.audit.note(read)
    expect(await forged.audit.verify()).toMatchObject({ ok: true })
    expect(await forged.audit.verify({ heads })).toMatchObject({ ok: false, faults: [{ problem: "replaced", seq: 1 }] })
  })

  it("a line with one changed letter, or of another secret, is refused", async () => {
    const opened = open()
    await opened.audit.note(read)
    const line = await opened.audit.exportHeads()
    await expect(opened.audit.verify({ heads: line.replace('"seq":1', '"seq":0') })).rejects.toMatchObject({
      code: "audit/heads",
    })
    await expect(opened.audit.verify({ heads: "nonsense" })).rejects.toMatchObject({ code: "audit/heads" })
    const other = open({ secrets: ["sk_another-secret"], store: opened.store })
    await expect(other.audit.verify({ heads: line })).rejects.toMatchObject({ code: "audit/heads" })
  })
})
