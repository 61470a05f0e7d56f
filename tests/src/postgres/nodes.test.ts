import { randomUUID } from "node:crypto"
import type { LoggedSignal, ServiceStore, Signal } from "@tellonce/core"
import { applySignals, decodeContext, defineContext, emptyContext, encodeContext, latest, set } from "@tellonce/core"
import { createPostgresStore, type PostgresStore } from "@tellonce/postgres"
import * as fc from "fast-check"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as z from "zod"
import { type Postgres, startPostgres } from "./start-postgres.ts"

const context = defineContext({
  name: "shop",
  version: 1,
  fields: { city: latest(z.string()), tags: set(z.string()) },
})
/** As the service folds. */
const fold: Parameters<ServiceStore["update"]>[1] = ({ encoded, tail }) =>
  encodeContext(applySignals(encoded === undefined ? emptyContext(context) : decodeContext(context, encoded), tail))

const signal = (id: string, rest: Partial<Signal> = {}): Signal => ({
  id,
  at: 1,
  identity: { kind: "user", value: "1" },
  authority: "customer",
  channel: "web-chat",
  source: "page",
  ...rest,
})
const to = (key: string, ...signals: readonly Signal[]) => signals.map((one) => ({ key, signal: one, received: 7 }))
/** A key that no other test uses. */
const anyKey = () => `user:${randomUUID()}`

let postgres: Postgres
let url: string
let nodes: readonly [PostgresStore, PostgresStore, PostgresStore]

beforeAll(async () => {
  postgres = await startPostgres()
  url = postgres.url(await postgres.createDatabase())
  const start = () => createPostgresStore({ connection: url })
  // All at once on an empty database: one brings the schema, the others find it.
  nodes = await Promise.all([start(), start(), start()])
}, 60_000)
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()))
  await postgres.stop()
})

describe("several nodes on one database", () => {
  it("count a signal once that reaches all of them at the same time", async () => {
    const key = anyKey()
    const ids = Array.from({ length: 100 }, (_, index) => `s${index}`)
    const answers = await Promise.all(nodes.flatMap((node) => ids.map((id) => node.update(to(key, signal(id)), fold))))
    const isNew = answers.flatMap(({ logged }) => logged).filter(({ duplicateOf }) => duplicateOf === undefined)
    expect(isNew).toHaveLength(100)
    const log = await nodes[0].log({ keys: [key] })
    expect(log.map((entry) => entry.signal.id).sort()).toEqual([...ids].sort())
  })

  it("lose nothing of one customer whom all write to at the same time, new or known, folds included", async () => {
    const key = anyKey()
    const said = nodes.flatMap((node, index) =>
      Array.from({ length: 120 }, (_, count) => ({ node, tag: `${index}-${count}` })),
    )
    await Promise.all(said.map(({ node, tag }) => node.update(to(key, signal(tag, { facts: { tags: [tag] } })), fold)))
    const [stored] = await nodes[1].read([key])
    const all = stored && decodeContext(context, fold(stored))
    const one = applySignals(
      emptyContext(context),
      said.map(({ tag }) => signal(tag, { facts: { tags: [tag] } })),
    )
    expect(all && encodeContext(all)).toBe(encodeContext(one))
    expect(stored?.tail.length).toBeLessThan(64)
  })

  it("number one customer's log upwards and never the same twice", async () => {
    const key = anyKey()
    const answers = await Promise.all(
      Array.from({ length: 150 }, (_, index) => nodes[index % 3]?.update(to(key, signal(`s${index}`)), fold)),
    )
    const places = answers.flatMap((answer) => answer?.logged.map(({ seq }) => seq) ?? [])
    expect(new Set(places).size).toBe(150)
    const log = await nodes[2].log({ keys: [key] })
    expect(log.map(({ seq }) => seq)).toEqual([...places].sort((a, b) => a - b))
  })

  it("come to one context by whichever node and in whichever order the same signals come, ties included", async () => {
    const value = fc.record({ at: fc.integer({ min: 1, max: 3 }), city: fc.constantFrom("Paris", "Rome", "Oslo") })
    const arrival = fc.array(value, { minLength: 2, maxLength: 12 }).chain((values) =>
      fc.record({
        values: fc.constant(values),
        order: fc.shuffledSubarray([...values.keys()], { minLength: values.length }),
        by: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: values.length, maxLength: values.length }),
      }),
    )
    await fc.assert(
      fc.asyncProperty(arrival, async ({ values, order, by }) => {
        const key = anyKey()
        const signals = values.map(({ at, city }, index) => signal(`s${index}`, { at, facts: { city, tags: [city] } }))
        await Promise.all(
          order.map((index, turn) => nodes[by[turn] ?? 0]?.update(to(key, signals[index] ?? signal("none")), fold)),
        )
        const [stored] = await nodes[0].read([key])
        expect(stored && fold(stored)).toBe(encodeContext(applySignals(emptyContext(context), signals)))
      }),
      { numRuns: 25 },
    )
  })

  it("keep every note of a chain that all write to, linked without a break", async () => {
    const chain = `subjects-${randomUUID()}`
    const note = (index: number) => ({ chain, at: index, entry: { index } })
    await Promise.all(Array.from({ length: 90 }, (_, index) => nodes[index % 3]?.note([note(index)])))
    const trails = await Promise.all(nodes.map((node) => node.audit({ chain })))
    for (const trail of trails) {
      expect(trail.map(({ seq }) => seq)).toEqual(Array.from({ length: 90 }, (_, index) => index + 1))
      expect(new Set(trail.map(({ entry }) => entry.index)).size).toBe(90)
      expect(trail).toEqual(trails[0])
    }
  })

  it("give a single-use name to one of them", async () => {
    const name = randomUUID()
    const claims = await Promise.all(nodes.flatMap((node) => [node.once(name, 100), node.once(name, 100)]))
    expect(claims.filter((isFirst) => isFirst)).toHaveLength(1)
  })

  it("share what is to be sent: each is leased by one", async () => {
    const receiver = randomUUID()
    const ids = Array.from({ length: 30 }, (_, index) => `m${index}`)
    await nodes[0].put(ids.map((id) => ({ id, to: receiver, at: 5, body: "{}" })))
    const query = { to: receiver, now: 10, until: 1_000, limit: 10 }
    const leased = (await Promise.all(nodes.map((node) => node.lease(query)))).flat()
    expect(leased.map(({ id }) => id).sort()).toEqual([...ids].sort())
  })

  it("move money from two identities to each other without waiting for ever", async () => {
    const [a, b] = [anyKey(), anyKey()]
    const both = (index: number) => {
      const pair = index % 2 === 0 ? [a, b] : [b, a]
      return pair.flatMap((key) => to(key, signal(`s${index}`)))
    }
    await Promise.all(Array.from({ length: 60 }, (_, index) => nodes[index % 3]?.update(both(index), fold)))
    expect(await nodes[0].log({ keys: [a] })).toHaveLength(60)
    expect(await nodes[0].log({ keys: [b] })).toHaveLength(60)
  })
})

describe("beside somebody who works on the same rows", () => {
  /** In one transaction, held open until `meanwhile` has resolved. */
  const holding = async (
    texts: { readonly before: string; readonly after: string },
    meanwhile: () => Promise<unknown>,
  ) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(`BEGIN; SET LOCAL tellonce.tenant = '*'; ${texts.before}`)
    await meanwhile()
    await client.query(`${texts.after}; COMMIT`)
    await client.end()
  }

  it("a signal is found that came while a sweep removed all of its customer", async () => {
    const key = anyKey()
    await nodes[0].update(to(key, signal("gone", { facts: { city: "Paris" } })), fold)
    const of = (table: string) => `tellonce.${table} WHERE identity = '${key}'`
    let update: Promise<unknown> = Promise.resolve()
    await holding(
      {
        before: `SELECT FROM ${of("context")} FOR UPDATE`,
        after: `DELETE FROM ${of("signal")}; DELETE FROM ${of("context")}`,
      },
      async () => {
        update = nodes[1].update(to(key, signal("new", { facts: { city: "Rome" } })), fold)
        const waiting = "SELECT FROM pg_locks WHERE NOT granted"
        await expect.poll(async () => (await postgres.query(waiting)).length, { timeout: 4_000 }).toBeGreaterThan(0)
      },
    )
    await update
    const [stored] = await nodes[2].read([key])
    expect(stored?.seq).toBeGreaterThan(0)
    expect(stored && fold(stored)).toContain("Rome")
    expect((await nodes[2].log({ keys: [key] })).map((entry) => entry.signal.id)).toEqual(["new"])
  })

  it("what was committed without a word is found by those who listen, within five seconds and a look", async () => {
    const key = anyKey()
    await nodes[0].update(to(key, signal("told")), fold)
    const heard: string[] = []
    const leave = nodes[1].watch(({ added }) => heard.push(...added.map((entry) => entry.signal.id)), new Set([key]))
    const body = JSON.stringify(signal("untold"))
    const now = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
    const where = `identity = '${key}'`
    await holding(
      {
        before: `UPDATE tellonce.context SET seq = ${now} WHERE ${where}`,
        after: `INSERT INTO tellonce.signal SELECT tenant, bucket, identity, seq, 1, '${body}' FROM tellonce.context WHERE ${where}`,
      },
      async () => {},
    )
    await expect.poll(() => heard, { timeout: 8_000 }).toContain("untold")
    leave()
  })
})

describe("what one node writes the others hear of", () => {
  const listen = (node: ServiceStore, keys: ReadonlySet<string> | undefined) => {
    const added: LoggedSignal[] = []
    const swept: string[] = []
    const leave = node.watch((news) => {
      added.push(...news.added)
      swept.push(...news.swept)
    }, keys)
    return { added, swept, leave }
  }

  it("when they want it, and nothing else", async () => {
    const [wanted, other] = [anyKey(), anyKey()]
    const heard = listen(nodes[1], new Set([wanted]))
    await nodes[0].update(to(other, signal("other")), fold)
    await nodes[0].update(to(wanted, signal("a"), signal("b")), fold)
    await expect.poll(() => heard.added.map((entry) => entry.signal.id), { timeout: 4_000 }).toEqual(["a", "b"])
    heard.leave()
  })

  it("each signal once, while all write", async () => {
    const key = anyKey()
    const listeners = nodes.map((node) => listen(node, new Set([key])))
    const ids = Array.from({ length: 90 }, (_, index) => `s${index}`)
    await Promise.all(ids.map((id, index) => nodes[index % 3]?.update(to(key, signal(id)), fold)))
    for (const { added, leave } of listeners) {
      await expect.poll(() => added.length, { timeout: 4_000 }).toBe(90)
      expect(added.map((entry) => entry.signal.id).sort()).toEqual([...ids].sort())
      leave()
    }
  })

  it("a sweep as well, so that they show nothing of who was erased", async () => {
    const key = anyKey()
    await nodes[0].update(to(key, signal("a")), fold)
    const heard = listen(nodes[2], new Set([key]))
    await nodes[0].sweep([key], { context: () => undefined, signal: () => undefined, forgetDuplicates: true })
    await expect.poll(() => heard.swept, { timeout: 4_000 }).toEqual([key])
    heard.leave()
  })

  it("by looking, too, where no word reaches them: behind a pooler, or of a node that ended after its commit", async () => {
    const deaf = await createPostgresStore({ connection: url, listen: false })
    const key = anyKey()
    const heard = listen(deaf, new Set([key]))
    await nodes[0].update(to(key, signal("a")), fold)
    await nodes[0].sweep([key], { context: () => undefined, signal: ({ signal: one }) => one })
    await expect.poll(() => heard.added.map((entry) => entry.signal.id), { timeout: 4_000 }).toEqual(["a"])
    await expect.poll(() => heard.swept, { timeout: 4_000 }).toEqual([key])
    await deaf.close()
  })
})
