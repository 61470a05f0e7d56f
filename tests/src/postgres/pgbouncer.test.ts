import { afterAll, describe, expect, it } from "vitest"
import { pgbouncer, startPgbouncer } from "./start-pgbouncer.ts"
import { storeLaws } from "./store-laws.ts"

let pooler: Awaited<ReturnType<typeof startPgbouncer>> | undefined
afterAll(() => pooler?.stop())

if (pgbouncer !== undefined) {
  describe("behind pgbouncer in transaction mode, with a listening connection past it", () => {
    storeLaws({
      async reach(postgres) {
        pooler = await startPgbouncer(pgbouncer ?? "", postgres.servers[0]?.port ?? 0)
        const { port } = pooler
        return (database) => ({
          connection: `postgres://tellonce@127.0.0.1:${port}/${database}`,
          listen: postgres.url(database),
        })
      },
    })
  })
}

it("Debian brings the pooler; elsewhere its laws are not run, and this says so", () => {
  if (pgbouncer === undefined) process.emitWarning("pgbouncer is no Debian package here: its laws were not run.")
  expect(pgbouncer === undefined || pgbouncer.endsWith("pgbouncer")).toBe(true)
})
