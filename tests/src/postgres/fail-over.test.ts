import { type AddressInfo, connect, createServer, type Server } from "node:net"
import type { Signal } from "@tellonce/core"
import { createPostgresStore, type PostgresStore } from "@tellonce/postgres"
import pg from "pg"
import { afterEach, expect, it } from "vitest"
import { type Postgres, startPostgres } from "./start-postgres.ts"

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close()
}, 30_000)

const start = async (options: Parameters<typeof startPostgres>[0]): Promise<Postgres> => {
  const postgres = await startPostgres(options)
  opened.push({ close: postgres.stop })
  return postgres
}
const open = async (...options: Parameters<typeof createPostgresStore>): Promise<PostgresStore> => {
  const store = await createPostgresStore(...options)
  opened.push(store)
  return store
}

const signal = (id: string): Signal => ({
  ...{ id, at: 1, authority: "customer", channel: "web", source: "page" },
  identity: { kind: "user", value: "1" },
})
const to = (key: string, id: string) => [{ key, signal: signal(id), received: 7 }]
const fold = () => "{}"

it("a killed primary costs no confirmed signal and doubles none; meanwhile calls are refused, and afterwards all goes on by itself", async () => {
  const postgres = await start({ replicas: 1, synchronous: true })
  const connection = postgres.url(await postgres.createDatabase())
  const store = await open({ connection, patience: 15_000 })
  const hasty = await open({ connection, patience: 100 })
  const confirmed = new Map<string, number>()
  let isOver = false
  const writer = async (name: number) => {
    for (let count = 0; !isOver; count++) {
      const { logged } = await store.update(to(`user:${name}`, `${name}-${count}`), fold)
      // Sent once: whatever happened on the way, it is not called a repetition.
      expect(logged[0]?.duplicateOf).toBeUndefined()
      confirmed.set(`${name}-${count}`, logged[0]?.seq ?? 0)
    }
  }
  const writers = Promise.all([0, 1, 2, 3, 4, 5].map(writer))
  await expect.poll(() => confirmed.size, { timeout: 10_000 }).toBeGreaterThan(60)
  await postgres.servers[0]?.kill()
  await expect(hasty.update(to("user:hasty", "x"), fold)).rejects.toMatchObject({ code: "store/unavailable" })
  expect((await hasty.health()).state).toBe("unavailable")
  await postgres.promote(1)
  const before = confirmed.size
  await expect.poll(() => confirmed.size, { timeout: 20_000 }).toBeGreaterThan(before + 60)
  isOver = true
  await writers
  const logged = (
    await Promise.all([0, 1, 2, 3, 4, 5].map((name) => store.log({ keys: [`user:${name}`], limit: 1e6 })))
  ).flat()
  expect(new Map(logged.map((entry) => [entry.signal.id, entry.seq]))).toEqual(confirmed)
  expect(logged).toHaveLength(confirmed.size)
  const health = await hasty.health()
  expect([health.state, health.primary]).toEqual(["ready", `127.0.0.1:${postgres.servers[1]?.port}`])
}, 60_000)

/** A way to the server that can lose the answer to a COMMIT. */
const startLossy = async (port: number): Promise<{ readonly port: number; loseNext(): void }> => {
  let isLosing = false
  const server: Server = createServer((client) => {
    const upstream = connect(port, "127.0.0.1")
    const both = [client, upstream]
    for (const socket of both) socket.on("error", () => {})
    upstream.on("data", (bytes) => client.writable && client.write(bytes))
    upstream.on("close", () => client.destroy())
    client.on("data", (bytes) => {
      upstream.write(bytes)
      if (!isLosing || !bytes.includes("COMMIT")) return
      isLosing = false
      client.destroy()
    })
    client.on("close", () => upstream.end())
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  opened.push({ close: () => new Promise<void>((resolve) => server.close(() => resolve())) })
  return {
    port: (server.address() as AddressInfo).port,
    loseNext: () => {
      isLosing = true
    },
  }
}

it("a COMMIT whose answer is lost is answered as accepted, and counts once: signal, note and what is to be sent", async () => {
  const postgres = await start({})
  const [server] = postgres.servers
  const database = await postgres.createDatabase()
  const lossy = await startLossy(server?.port ?? 0)
  const connection = `postgres://tellonce@127.0.0.1:${lossy.port}/${database}`
  const store = await open({ connection, listen: false, lanes: 1 })
  const outgoing = [{ id: "o", to: "crm", at: 1, body: "{}" }]
  for (let times = 0; times < 10; times++) {
    lossy.loseNext()
    const addressed = to("user:1", `s${times}`).map((one) => ({ ...one, outgoing }))
    const { logged } = await store.update(addressed, fold, [{ chain: "desk", at: times, entry: { times } }])
    expect(logged.map(({ duplicateOf }) => duplicateOf)).toEqual([undefined])
    lossy.loseNext()
    expect(await store.once(`name ${times}`, 1e15)).toBe(true)
  }
  expect(await store.log({ keys: ["user:1"] })).toHaveLength(10)
  expect((await store.audit({ chain: "desk" })).map(({ entry }) => entry.times)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(await store.lease({ to: "crm", now: 9, until: 10, limit: 9 })).toHaveLength(1)
}, 30_000)

it("a standby that stands still holds back every confirmation, and none that was given is lost", async () => {
  const postgres = await start({ replicas: 1, synchronous: true })
  const connection = postgres.url(await postgres.createDatabase())
  const store = await open({ connection, listen: false, statementTimeout: 1_000, patience: 2_000 })
  await store.update(to("user:1", "before"), fold)
  postgres.servers[1]?.stall()
  await expect(store.update(to("user:1", "during"), fold)).rejects.toMatchObject({ code: "store/unavailable" })
  postgres.servers[1]?.resume()
  await expect
    .poll(async () => (await store.update(to("user:1", "after"), fold)).logged.length, { timeout: 15_000 })
    .toBe(1)
  const ids = (await store.log({ keys: ["user:1"] })).map((entry) => entry.signal.id)
  expect([ids.filter((id) => id !== "during"), new Set(ids).size]).toEqual([["before", "after"], ids.length])
}, 60_000)

it("what was committed long after it had its place, since a standby stood still, reaches who watches on another node", async () => {
  const postgres = await start({ replicas: 1, synchronous: true })
  const options = {
    connection: postgres.url(await postgres.createDatabase()),
    listen: false,
    statementTimeout: 300,
  } as const
  const [writing, watching] = [await open({ ...options, patience: 100 }), await open(options)]
  await writing.update(to("user:1", "before"), fold)
  const heard: string[] = []
  watching.watch(({ added }) => heard.push(...added.map((entry) => entry.signal.id)), new Set(["user:1"]))
  postgres.servers[1]?.stall()
  await expect(writing.update(to("user:1", "late"), fold)).rejects.toMatchObject({ code: "store/unavailable" })
  // Longer than any transaction may be under way otherwise: four statement time-outs, and a round of polling.
  await new Promise((resolve) => setTimeout(resolve, 4_000))
  expect(heard).not.toContain("late")
  postgres.servers[1]?.resume()
  await expect.poll(() => heard, { timeout: 5_000 }).toContain("late")
}, 60_000)

it("calls that wait for a connection open no others: all are answered, by as many connections as there may be", async () => {
  const postgres = await start({})
  const connection = postgres.url(await postgres.createDatabase())
  const own = { connections: 1, lanes: 1, connectTimeout: 200, listen: false, applicationName: "busy" } as const
  const store = await open({ connection, ...own })
  await store.update(to("user:1", "first"), fold)
  const holder = new pg.Client({ connectionString: connection })
  await holder.connect()
  await holder.query("BEGIN; SET LOCAL tellonce.tenant = '*'; SELECT FROM tellonce.context FOR UPDATE")
  const calls = Promise.all([
    store.update(to("user:1", "second"), fold),
    ...Array.from({ length: 10 }, () => store.read(["user:3"])),
  ])
  let most = 0
  for (let look = 0; look < 20; look++) {
    const [row] = await postgres.query("SELECT count(*)::int FROM pg_stat_activity WHERE application_name = 'busy'")
    most = Math.max(most, Number(row?.count))
    await new Promise((resolve) => setTimeout(resolve, 75))
  }
  await holder.query("COMMIT")
  await holder.end()
  await calls
  expect(most).toBe(1)
}, 30_000)
