import { execFileSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { ServiceStore } from "@tellonce/core"
import { afterAll, describe, expect, it } from "vitest"
import { createMemoryStore } from "../store/memory-store.ts"
import { createSqliteStore } from "../store/sqlite-store.ts"
import { createMemoryErasureLedger, type ErasureLedger } from "./erasure-ledger.ts"
import { createFileErasureLedger } from "./file-erasure-ledger.ts"
import { openShop, said, start } from "./shop.fixture.ts"

const root = mkdtempSync(join(tmpdir(), "tellonce-erasure-"))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const pepper = "a pepper of the tests alone"
const day = 86_400_000
const canary = (place: number) => `CANARY-${place}-7f3a`
const canaries = Array.from({ length: 20 }, (_, place) => canary(place))
const found = (text: string) => canaries.filter((one) => text.includes(one) || text.includes(one.toLowerCase()))

const user = { kind: "user", value: canary(0) }
const mail = { kind: "email", value: `${canary(1)}@example.com` }
const keysOf = { user: `user:${canary(0)}`, mail: `email:${canary(1).toLowerCase()}@example.com` }

/** Twenty traces of one customer: in facts, messages, matters, identities, promises, consents. */
const plant = async (shop: ReturnType<typeof openShop>) => {
  const { token, identity } = await shop.visitor()
  const own = (rest: object) => ({ ...said({}, rest), identity: undefined })
  await shop.send([own({ facts: { orderNumber: canary(2) }, event: { name: "message", text: canary(3) } })], token)
  await shop.tellonce.link(user, mail, "shop")
  await shop.tellonce.link(identity, user, "shop")
  await shop.send([
    said(user, { matter: canary(4), event: { name: "opened", kind: canary(5), title: canary(6) } }),
    said(user, { authority: "record", event: { name: "told", facts: { orderNumber: canary(7) } } }),
    said(user, { authority: "record", event: { name: "promised", what: canary(8) } }),
    said(user, { event: { name: "tried", what: canary(9) } }),
    said(user, {
      authority: "record",
      event: { name: "held", hold: canary(10), action: "promote", reason: canary(11), owner: canary(12) },
    }),
    said(user, {
      authority: "record",
      event: { name: "handed", handoff: canary(13), to: "phone", reason: canary(14) },
    }),
    said(mail, { facts: { viewed: [canary(15)] }, source: canary(16) }),
    said(mail, { facts: { consent: { [canary(17)]: "granted" } } }),
    said(mail, { id: canary(18), event: { name: "page", data: { path: canary(19) } } }),
  ])
  return { token, identity, customerToken: await shop.customer(user) }
}

/** Everything that can be asked of the service about them, in one text. */
const answers = async (shop: ReturnType<typeof openShop>, visitor: { readonly value: string }) => {
  const parts: string[] = []
  for (const key of [keysOf.user, keysOf.mail, `anonymous:${visitor.value}`]) {
    const query = `identity=${encodeURIComponent(key)}`
    for (const path of ["/v1/context", "/v1/export", "/v1/consent", "/v1/hash"])
      parts.push((await shop.call(`${path}?${query}`)).text)
  }
  for (const chain of (await shop.call("/v1/audit")).body.chains)
    parts.push((await shop.call(`/v1/audit?chain=${chain}`)).text)
  // They name themselves in what they were asked for; what is looked for is what the service adds of its own.
  return parts.join("\n").replaceAll(keysOf.user, "").replaceAll(keysOf.mail, "")
}

const filesIn = (folder: string) =>
  readdirSync(folder)
    .map((file) => readFileSync(join(folder, file)).toString("latin1"))
    .join("\n")

interface Place {
  readonly open: () => Promise<{
    readonly store: ServiceStore
    readonly ledger: ErasureLedger
    readonly close: () => Promise<void>
  }>
  readonly folder: string
}

let places = 0
const place = (): Place => {
  const folder = join(root, `p${places++}`)
  return {
    folder,
    async open() {
      const store = await createSqliteStore({ path: join(folder, "data", "tellonce.db") })
      const ledger = await createFileErasureLedger({ path: join(folder, "erasures", "ledger"), pepper })
      const close = async () => {
        await store.close?.()
        await ledger.close()
      }
      return { store, ledger, close }
    },
  }
}

/** A device that was away sends a thousand old signals, some from long ago, some from the future. */
const thousandOld = Array.from({ length: 1_000 }, (_, index) => {
  const { identity: _none, ...rest } = said({}, { id: `old-${index}`, facts: { orderNumber: canary(2) } })
  return { ...rest, at: [start - 20 * day, start, start + 10 * 365 * day][index % 3] }
})
const upload = async (shop: ReturnType<typeof openShop>, credential: string) => {
  const answered = []
  for (let from = 0; from < 1_000; from += 250)
    answered.push(
      await shop.call("/v1/signals", { body: { signals: thousandOld.slice(from, from + 250) }, credential }),
    )
  return answered.map(({ status, body }) => [status, body.error?.code])
}
const gone = Array.from({ length: 4 }, () => [410, "access/erased"])

describe("erased means erased", () => {
  it("0 of 20 canaries in any answer, in the database file and its log, after old signals, a restart and a restored backup", async () => {
    const { open, folder } = place()
    const backup = `${folder}-backup`
    const first = await open()
    const shop = openShop({ store: first.store, erasures: first.ledger })
    const { token, identity, customerToken } = await plant(shop)
    expect(found(await answers(shop, identity)).length).toBeGreaterThanOrEqual(16)
    expect(found(filesIn(join(folder, "data")))).toHaveLength(20)
    await first.close()
    cpSync(join(folder, "data"), backup, { recursive: true })

    const second = await open()
    const again = openShop({ store: second.store, erasures: second.ledger })
    const erased = await again.call("/v1/erasures", { body: { identity: user } })
    expect(erased.status).toBe(201)
    expect(erased.body).toMatchObject({ identities: 3, scope: "customer", epoch: 1 })
    expect(found(erased.text)).toEqual([])
    expect(found(await answers(again, identity))).toEqual([])
    expect(found(filesIn(join(folder, "data")))).toEqual([])
    expect(found(filesIn(join(folder, "erasures")))).toEqual([])
    expect(await upload(again, token)).toEqual(gone)
    expect(await upload(again, customerToken)).toEqual(gone)
    expect((await again.call("/v1/context", { credential: token })).status).toBe(410)
    await second.close()

    const third = await open()
    const restarted = openShop({ store: third.store, erasures: third.ledger })
    expect(await upload(restarted, token)).toEqual(gone)
    expect(found(await answers(restarted, identity))).toEqual([])
    await third.close()

    rmSync(join(folder, "data"), { recursive: true })
    cpSync(backup, join(folder, "data"), { recursive: true })
    expect(found(filesIn(join(folder, "data")))).toHaveLength(20)
    const fourth = await open()
    const restored = openShop({ store: fourth.store, erasures: fourth.ledger })
    expect(found(await answers(restored, identity))).toEqual([])
    expect(await upload(restored, token)).toEqual(gone)
    expect(found(filesIn(join(folder, "data")))).toEqual([])
    await fourth.close()
  }, 60_000)

  it("a restart does not erase whoever came back since", async () => {
    const { open } = place()
    const first = await open()
    const shop = openShop({ store: first.store, erasures: first.ledger })
    await plant(shop)
    await shop.tellonce.erase(user)
    const token = await shop.customer(user)
    const { identity: _none, ...fact } = said({}, { facts: { orderNumber: "new" } })
    expect((await shop.send([fact], token))[0].status).toBe("accepted")
    await first.close()
    const second = await open()
    const restarted = openShop({ store: second.store, erasures: second.ledger })
    expect((await restarted.call("/v1/context", { credential: token })).body.view.orderNumber.value).toBe("new")
    await second.close()
  })

  it("a lost ledger is filled from the store, so that old tokens stay out", async () => {
    const { open, folder } = place()
    const first = await open()
    const shop = openShop({ store: first.store, erasures: first.ledger })
    const { token } = await plant(shop)
    await shop.tellonce.erase(user)
    await first.close()
    rmSync(join(folder, "erasures"), { recursive: true })
    const second = await open()
    expect(
      (await openShop({ store: second.store, erasures: second.ledger }).call("/v1/context", { credential: token }))
        .status,
    ).toBe(410)
    await second.close()
  })

  it("without a ledger the store remembers through a restart", async () => {
    const store = createMemoryStore()
    const shop = openShop({ store })
    const { token } = await plant(shop)
    await shop.tellonce.erase(user)
    expect((await openShop({ store }).call("/v1/context", { credential: token })).body.error.code).toBe("access/erased")
  })
})

type Reader = ReadableStreamDefaultReader<string>

const streamOf = async (shop: ReturnType<typeof openShop>, credential: string, query = ""): Promise<Reader> => {
  await new Promise(setImmediate)
  const { body } = await shop.tellonce.fetch(
    new Request(`http://localhost/v1/stream${query}`, { headers: { authorization: `Bearer ${credential}` } }),
  )
  return (body as NonNullable<typeof body>).pipeThrough(new TextDecoderStream() as never).getReader() as Reader
}

const nextSnapshot = async (reader: Reader): Promise<string> => {
  for (;;) {
    const { done, value = "" } = await reader.read()
    if (done || value.includes("event: snapshot")) return value
  }
}

const restOf = async (reader: Reader): Promise<string> => {
  for (let text = ""; ; ) {
    const { done, value = "" } = await reader.read()
    if (done) return text
    text += value
  }
}

describe("an erasure", () => {
  const open = () => {
    const store = createMemoryStore()
    return { store, ...openShop({ store }) }
  }

  it("is a least epoch and no ban: a new token starts empty and is welcome", async () => {
    const shop = open()
    const { customerToken, token } = await plant(shop)
    await shop.tellonce.erase(user)
    const fresh = await shop.customer(user)
    const { body } = await shop.call("/v1/context", { credential: fresh })
    expect(body.identities).toEqual([`user:${canary(0)}`])
    expect(body.context.fields).toEqual({})
    for (const old of [customerToken, token])
      expect((await shop.call("/v1/context", { credential: old })).status).toBe(410)
    expect((await shop.call("/v1/context", { credential: (await shop.visitor()).token })).status).toBe(200)
  })

  it("a server that still names them is refused signal by signal, unless it says why they are back", async () => {
    const shop = open()
    await plant(shop)
    await shop.tellonce.erase(user)
    const nightly = () => [
      said(user, { authority: "record", facts: { orderNumber: "A-9" } }),
      said({ kind: "user", value: "other" }, { facts: { orderNumber: "B" } }),
    ]
    expect(await shop.send(nightly())).toMatchObject([
      { status: "rejected", code: "signal/erased" },
      { status: "accepted" },
    ])
    await expect(shop.tellonce.link({ kind: "user", value: "other" }, mail, "crm")).rejects.toMatchObject({
      code: "signal/erased",
    })
    expect(await shop.send(nightly(), undefined, { reaffirm: { reason: "new_contract" } })).toMatchObject([
      { status: "accepted" },
      { status: "accepted" },
    ])
    const trail = []
    for (const chain of await shop.store.chains()) trail.push(...(await shop.store.audit({ chain })))
    expect(trail.filter(({ entry }) => entry.action === "reaffirm")).toMatchObject([
      { entry: { detail: { reason: "new_contract" } } },
    ])
    const { status } = await shop.call("/v1/signals", {
      body: { signals: nightly(), reaffirm: { reason: "Ada called: ada@example.com" } },
    })
    expect(status).toBe(400)
  })

  it("removes their name from those they were linked to and parted from", async () => {
    const shop = open()
    const neighbour = { kind: "user", value: "neighbour" }
    await shop.tellonce.link({ kind: "device", value: canary(3) }, neighbour, "shop")
    await shop.tellonce.unlink({ kind: "device", value: canary(3) }, neighbour, "shop")
    await shop.send([said(neighbour, { facts: { orderNumber: "stays" } })])
    await shop.tellonce.erase({ kind: "device", value: canary(3) })
    const left = JSON.stringify([
      await shop.store.read(["user:neighbour"]),
      await shop.store.log({ keys: ["user:neighbour"] }),
    ])
    expect(left).toContain("stays")
    expect(found(left)).toEqual([])
  })

  it("of one identity alone leaves the customer's others", async () => {
    const shop = open()
    await plant(shop)
    const { body } = await shop.call("/v1/erasures", { body: { identity: mail, scope: "identity" } })
    expect(body).toMatchObject({ identities: 1, scope: "identity" })
    const left = await shop.call(`/v1/export?identity=${encodeURIComponent(keysOf.user)}`)
    expect(left.text).toContain(canary(2))
    expect(left.text.toLowerCase()).not.toContain(canary(1).toLowerCase())
  })

  it("may be asked for by the customer, and neither by a visitor for others nor with the public key", async () => {
    const shop = open()
    const { token, customerToken } = await plant(shop)
    for (const credential of [token, "pk_privacy-tests"]) {
      expect((await shop.call("/v1/erasures", { body: { identity: user }, credential })).status).toBe(403)
    }
    expect((await shop.call("/v1/erasures", { body: {}, credential: customerToken })).status).toBe(201)
    expect((await shop.call("/v1/erasures", { body: {}, credential: customerToken })).status).toBe(410)
  })

  it("gives a receipt that can be checked, holds no personal data and cannot be forged", async () => {
    const shop = open()
    await plant(shop)
    const { receipt, id } = await shop.tellonce.erase(user)
    expect(await shop.tellonce.readReceipt(receipt)).toEqual({ id, at: start, identities: 3, scope: "customer" })
    expect(found(Buffer.from(receipt.split(".")[1] ?? "", "base64url").toString())).toEqual([])
    const foreign = openShop({
      store: createMemoryStore(),
      keys: { publishable: "pk_privacy-tests", secret: "sk_another-secret-altogether" },
    })
    expect(await foreign.tellonce.readReceipt(receipt)).toBeUndefined()
    expect(await shop.tellonce.readReceipt(`${receipt.slice(0, -4)}AAAA`)).toBeUndefined()
  })

  it("ends the streams of their tokens, and begins those of others anew with nothing", async () => {
    const shop = open()
    const { customerToken } = await plant(shop)
    const own = await streamOf(shop, customerToken)
    const backend = await streamOf(shop, "sk_privacy-tests-secret", `?identity=${encodeURIComponent(keysOf.user)}`)
    for (const reader of [own, backend]) expect(found(await nextSnapshot(reader)).length).toBeGreaterThan(0)
    await shop.tellonce.erase(user)
    expect(found((await restOf(own)).replaceAll(keysOf.user, ""))).toEqual([])
    expect(found((await nextSnapshot(backend)).replaceAll(keysOf.user, "").replaceAll(keysOf.mail, ""))).toEqual([])
    await backend.cancel()
  })
})

it("another node of the store lets nobody in who was erased here, and has forgotten them at once", async () => {
  const store = createMemoryStore()
  const [here, there] = [openShop({ store }), openShop({ store })]
  const { token, customerToken, identity } = await plant(here)
  expect(found((await there.call("/v1/context", { credential: customerToken })).text).length).toBeGreaterThan(0)
  await here.tellonce.erase(user)
  expect(found(await answers(there, identity)).filter((one) => ![canary(0), canary(1)].includes(one))).toEqual([])
  await expect
    .poll(async () => (await there.call("/v1/context", { credential: customerToken })).status, { timeout: 5_000 })
    .toBe(410)
  const late = { ...said({}, { facts: { orderNumber: canary(2) } }), identity: undefined }
  expect((await there.call("/v1/signals", { credential: token, body: { signals: [late] } })).status).toBe(410)
})

it("whoever comes back after an erasure on another node has their browser's wish for privacy recorded anew", async () => {
  const store = createMemoryStore()
  const [here, there] = [openShop({ store }), openShop({ store })]
  const headers = { "sec-gpc": "1" }
  await there.call("/v1/context", { credential: await there.customer(user), headers })
  await here.tellonce.erase(user)
  await there.call("/v1/context", { credential: await there.customer(user), headers })
  expect((await there.tellonce.view(user)).consent.value).toMatchObject({ marketing: "denied" })
})

describe("what a node has kept by an old token, not knowing yet of another's erasure,", () => {
  const late = (orderNumber: string) => ({ ...said({}, { facts: { orderNumber } }), identity: undefined })
  const other = { kind: "user", value: "other" }
  /** Two nodes of one store; this one erases, that one learns of it two seconds later. */
  const openNodes = (onError = (_error: unknown) => {}, isStuck = (_keys: readonly string[]) => false) => {
    const store = createMemoryStore()
    const theirs: ServiceStore = {
      ...store,
      watch: () => () => {},
      lateness: 1,
      sweep: (keys, ...rest) => (isStuck(keys) ? Promise.reject(new Error("Not now.")) : store.sweep(keys, ...rest)),
    }
    return { store, here: openShop({ store }), there: openShop({ store: theirs, onError }) }
  }
  const logged = async (store: ServiceStore, ...keys: string[]) => JSON.stringify(await store.log({ keys }))

  it("is gone once it knows; what came by a new one stays", async () => {
    const { store, here, there } = openNodes()
    const { customerToken, token } = await plant(here)
    await there.call("/v1/context", { credential: token })
    await here.tellonce.erase(user)
    expect(await there.send([late(canary(2))], token)).toMatchObject([{ status: "accepted" }])
    expect(await there.send([late("new")], await here.customer(user))).toMatchObject([{ status: "accepted" }])
    there.pass(2_000)
    expect((await there.call("/v1/context", { credential: customerToken })).status).toBe(410)
    expect(found(await logged(store, ...(await store.keys({}))))).toEqual([canary(0)])
    expect((await here.tellonce.view(user)).orderNumber.value).toBe("new")
  })

  it("goes of everybody else where one cannot be swept, which is told and tried again; the node serves on", async () => {
    let stuck = keysOf.user
    const errors: unknown[] = []
    const { store, here, there } = openNodes(
      (error) => errors.push(error),
      (keys) => keys.includes(stuck),
    )
    const tokens = [await here.customer(user), await here.customer(other)]
    for (const credential of tokens) await there.call("/v1/context", { credential })
    for (const identity of [user, other]) await here.tellonce.erase(identity)
    for (const token of tokens)
      expect(await there.send([late(canary(2))], token)).toMatchObject([{ status: "accepted" }])
    there.pass(2_000)
    for (const credential of tokens) expect((await there.call("/v1/context", { credential })).status).toBe(410)
    expect(await logged(store, "user:other")).not.toContain(canary(2))
    expect(errors).toMatchObject([{ message: "Not now." }])
    stuck = ""
    there.pass(2_000)
    await there.visitor()
    expect(await logged(store, keysOf.user)).not.toContain(canary(2))
    expect(errors).toHaveLength(1)
  })

  it("takes with it nothing that is known of duplicates of somebody else it names", async () => {
    const { store, here, there } = openNodes()
    const theirs = said(mail, { facts: { orderNumber: "theirs" } })
    await there.send([theirs])
    await here.tellonce.erase(user)
    await there.tellonce.link(mail, user, "shop")
    there.pass(2_000)
    expect(await there.send([theirs])).toMatchObject([{ status: "duplicate" }])
    expect(await logged(store, keysOf.mail)).not.toContain(canary(0))
  })
})

describe("while a secret is being changed", () => {
  const [newer, older] = ["sk_privacy-tests-newer", "sk_privacy-tests-secret"]
  it.each([
    { title: "the older alone", by: [newer, older], on: [older] },
    { title: "both", by: [older], on: [newer, older] },
  ])("an erasure on one node counts on one that has $title", async ({ by, on }) => {
    const store = createMemoryStore()
    const [here, there] = [by, on].map((secret) =>
      openShop({ store, keys: { publishable: "pk_privacy-tests", secret } }),
    )
    if (here === undefined || there === undefined) throw new Error("Two nodes were opened.")
    const { token } = await there.tellonce.issueToken({ kind: "customer", identity: user })
    const stream = await streamOf(there, token)
    await nextSnapshot(stream)
    await here.tellonce.erase(user)
    // Cut off where it had not read all.
    await restOf(stream).catch(() => "")
    there.pass(2_000)
    const { status } = await there.call("/v1/context", { credential: token })
    expect(status).toBe(410)
  })
})

it("a secret that is taken out takes no erasure with it that a token of the others could undo", async () => {
  const store = createMemoryStore()
  const [newer, older] = ["sk_privacy-tests-newer", "sk_privacy-tests-secret"]
  const withSecrets = (...secret: string[]) => openShop({ store, keys: { publishable: "pk_privacy-tests", secret } })
  const before = withSecrets(older)
  await before.tellonce.erase(user)
  const both = withSecrets(newer, older)
  const { token } = await both.tellonce.issueToken({ kind: "customer", identity: user })
  expect((await both.call("/v1/context", { credential: token })).status).toBe(200)
  expect(await both.tellonce.erase(user)).toMatchObject({ epoch: 2 })
  const after = withSecrets(newer)
  expect((await after.call("/v1/context", { credential: token })).status).toBe(410)
})

it("nobody whom a restored backup brought back is seen by a call within the process either", async () => {
  const store = createMemoryStore()
  await plant(openShop({ store }))
  const ledger = createMemoryErasureLedger({ pepper })
  await ledger.keep(ledger.subjectsOf(keysOf.user).map((subject) => ({ subject, epoch: 1 })))
  const restored = openShop({ store, erasures: ledger })
  expect(JSON.stringify(await restored.tellonce.view(user))).not.toContain(canary(7))
})

it("a signal that was on its way when its customer was erased is swept, too", async () => {
  const store = createMemoryStore()
  const ledger = createMemoryErasureLedger({ pepper })
  let between: (() => Promise<unknown>) | undefined
  const slow: ServiceStore = {
    ...store,
    async update(...args) {
      const race = between
      between = undefined
      await race?.()
      return store.update(...args)
    },
  }
  const shop = openShop({ store: slow, erasures: ledger })
  const { customerToken } = await plant(shop)
  between = () => shop.tellonce.erase(user)
  const { identity: _none, ...late } = said({}, { facts: { orderNumber: canary(2) } })
  await shop.send([late], customerToken)
  const left = JSON.stringify([await store.read([keysOf.user]), await store.log({ keys: [keysOf.user] })])
  expect(found(left.replaceAll(keysOf.user, ""))).toEqual([])
})

it("a body that was still being sent when its customer was erased is refused like any call of an old token", async () => {
  const store = createMemoryStore()
  const shop = openShop({ store })
  const { customerToken } = await plant(shop)
  const { identity: _none, ...late } = said({}, { facts: { orderNumber: canary(2) } })
  async function* slow() {
    await shop.tellonce.erase(user)
    yield new TextEncoder().encode(JSON.stringify({ signals: [late] }))
  }
  const { status } = await shop.tellonce.fetch(
    new Request("http://localhost/v1/signals", {
      method: "POST",
      headers: { authorization: `Bearer ${customerToken}` },
      body: ReadableStream.from(slow()),
      duplex: "half",
    }),
  )
  expect(status).toBe(410)
  expect(JSON.stringify([await store.read([keysOf.user]), await store.log({ keys: [keysOf.user] })])).not.toContain(
    canary(2),
  )
})

it("a process that has just begun, or that was told nothing by the others, issues tokens of today's epoch and erases anew", async () => {
  const store = createMemoryStore()
  const here = openShop({ store })
  const there = openShop({ store: { ...store, watch: () => () => {} } })
  await plant(here)
  await there.tellonce.view(user)
  await here.tellonce.erase(user)
  const { token } = await openShop({ store }).tellonce.issueToken({ kind: "customer", identity: user })
  expect((await here.call("/v1/context", { credential: token })).status).toBe(200)
  expect(await there.tellonce.erase(user)).toMatchObject({ epoch: 2 })
  expect(await here.tellonce.verifyToken(token)).toBeUndefined()
})

it.skipIf(process.getuid?.() !== 0 || process.platform !== "linux")(
  "an erasure works on a full disk, to the last byte",
  async () => {
    const folder = join(root, "disk")
    mkdirSync(folder)
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=32m", "tmpfs", folder])
    const reserve = 4 * 1024 * 1024
    const path = join(folder, "data", "tellonce.db")
    const store = await createSqliteStore({ path, reserve })
    const ledger = await createFileErasureLedger({ path: join(folder, "erasures", "ledger"), pepper })
    try {
      const shop = openShop({ store, erasures: ledger })
      const { token } = await plant(shop)
      // The store makes its reserve little by little.
      await expect
        .poll(() => statSync(`${path}-reserve`, { throwIfNoEntry: false })?.size, { timeout: 20_000 })
        .toBe(reserve)
      expect(() => writeFileSync(join(folder, "filler"), Buffer.alloc(40_000_000))).toThrow(/ENOSPC/)
      const { status } = await shop.call("/v1/erasures", { body: { identity: user } })
      expect(status).toBe(201)
      expect(found(filesIn(join(folder, "data")))).toEqual([])
      expect((await shop.call("/v1/context", { credential: token })).status).toBe(410)
    } finally {
      await store.close?.().catch(() => {})
      await ledger.close()
      execFileSync("umount", [folder])
    }
  },
  60_000,
)
