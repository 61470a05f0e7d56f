import { createPostgresStore, type PostgresOptions } from "@tellonce/postgres"
import { storeSuite } from "@tellonce/testing"
import { afterAll, beforeAll } from "vitest"
import { type Postgres, startPostgres } from "./start-postgres.ts"

export interface StoreLaws {
  /** As `prepareBinaries` takes it. */
  readonly release?: string
  /** Once the server is there: how its databases are reached. Directly unless told. */
  readonly reach?: (postgres: Postgres) => Promise<(database: string) => PostgresOptions>
}

const tables = ["context", "signal", "seen", "swept", "note", "audit", "chain", "outbox", "once"]
const emptying = tables.map((table) => `DELETE FROM tellonce.${table}`).join(";")

/** The laws of every store, on a server of its own, each in an empty database. One takes half a second to make, so what was used is emptied. */
export const storeLaws = ({ release, reach }: StoreLaws = {}): void => {
  let postgres: Postgres
  const free: string[] = []
  let optionsFor: (database: string) => PostgresOptions

  beforeAll(async () => {
    postgres = await startPostgres({ release })
    optionsFor = (await reach?.(postgres)) ?? ((database) => ({ connection: postgres.url(database) }))
  }, 60_000)
  afterAll(() => postgres?.stop())

  storeSuite({
    name: "the PostgreSQL store",
    persists: true,
    async open() {
      const name = free.pop() ?? (await postgres.createDatabase())
      const options = optionsFor(name)
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
          await postgres.query(emptying, { database: name })
          free.push(name)
        },
      }
    },
  })
}
