import { createPostgresStore } from "@tellonce/postgres"
import { storeSuite } from "@tellonce/testing"
import { afterAll, beforeAll, vi } from "vitest"
import { type Postgres, startPostgres } from "./start-postgres.ts"

// A real server, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

let postgres: Postgres
let template: string

beforeAll(async () => {
  postgres = await startPostgres()
  template = await postgres.createDatabase()
  await (await createPostgresStore({ connection: postgres.url(template), listen: false })).close()
}, 60_000)
afterAll(() => postgres.stop())

storeSuite({
  name: "the PostgreSQL store",
  persists: true,
  async open() {
    const name = await postgres.createDatabase(template)
    const options = { connection: postgres.url(name) }
    let store = await createPostgresStore(options)
    return {
      store,
      async reopen() {
        await store.close()
        store = await createPostgresStore(options)
        return store
      },
      async dispose() {
        await store.close()
        await postgres.dropDatabase(name)
      },
    }
  },
})
