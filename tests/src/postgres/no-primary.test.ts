import { createPostgresStore } from "@tellonce/postgres"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type ServiceUnderTest, said, startService } from "../service-under-test.ts"
import { type Postgres, startPostgres } from "./start-postgres.ts"

let postgres: Postgres
let database: string
let service: ServiceUnderTest

beforeAll(async () => {
  postgres = await startPostgres({ replicas: 1, synchronous: true })
  database = await postgres.createDatabase()
  const store = await createPostgresStore({ connection: postgres.url(database), patience: 300 })
  service = await startService({ store })
}, 60_000)
afterAll(async () => {
  await service?.close()
  await service?.tellonce.close()
  await postgres?.stop()
}, 30_000)

const send = (id: string) => service.call("/v1/signals", { body: { signals: [said({ id, facts: { errors: 1 } })] } })
const read = () => service.call("/v1/context?identity=email:ada@example.com")
const probe = async (path: string) => {
  const { status, body } = await service.call(path, { credential: null })
  return [status, body.store]
}

it("while there is a standby alone, writes and reads get 503 with Retry-After, the process says that it lives; after a promotion all goes on by itself", async () => {
  expect((await send("before")).status).toBe(200)
  expect([await probe("/healthz"), await probe("/readyz")]).toEqual([
    [200, "ready"],
    [200, "ready"],
  ])
  await postgres.servers[0]?.kill()
  for (const refused of [await send("during"), await read()]) {
    expect([refused.status, refused.body.error.code]).toEqual([503, "store/unavailable"])
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0)
  }
  expect([await probe("/healthz"), await probe("/readyz")]).toEqual([
    [200, "degraded"],
    [503, "degraded"],
  ])
  const standby = `postgres://tellonce@127.0.0.1:${postgres.servers[1]?.port}/${database}`
  await expect(createPostgresStore({ connection: standby })).rejects.toMatchObject({ code: "store/unavailable" })
  await postgres.promote(1)
  await postgres.query("ALTER SYSTEM SET synchronous_standby_names = ''", { server: 1 })
  await postgres.query("SELECT pg_reload_conf()", { server: 1 })
  await expect.poll(() => probe("/readyz"), { timeout: 15_000 }).toEqual([200, "ready"])
  const statuses = []
  for (const id of ["before", "during"]) statuses.push((await send(id)).body.results[0].status)
  expect(statuses).toEqual(["duplicate", "accepted"])
  expect((await read()).body.view.errors.value).toBe(2)
}, 60_000)
