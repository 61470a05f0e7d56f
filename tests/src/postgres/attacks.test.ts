import { createPostgresStore } from "@tellonce/postgres"
import { afterAll } from "vitest"
import { attackOn } from "../attacks/victim.ts"
import { type Postgres, startPostgres } from "./start-postgres.ts"

let starting: Promise<{ readonly postgres: Postgres; readonly template: string }> | undefined

const start = async () => {
  const postgres = await startPostgres()
  const template = await postgres.createDatabase()
  await (await createPostgresStore({ connection: postgres.url(template), listen: false })).close()
  return { postgres, template }
}

attackOn(async () => {
  starting ??= start()
  const { postgres, template } = await starting
  return createPostgresStore({ connection: postgres.url(await postgres.createDatabase(template)) })
})
afterAll(async () => (await starting)?.postgres.stop())

// The attacks in which the store has a part, as on the file: who calls, who is whom, who sees what, what is live, when it was, what may
// happen once, what is on record. Of the others
// - d (payload), e (HTTP), g (SSRF) and h (mail) are refused before any store hears of them; l-supply-chain is of packages;
// - i-killed, j-erased-bytes and l-audit-edits are of a file: here they are fail-over.test.ts with torture-nodes.test.ts, "What is erased, and
//   its bytes" in decision 11, and audit-edits.test.ts.
await import("../attacks/a-keys-and-tokens.test.ts")
await import("../attacks/b-identity.test.ts")
await import("../attacks/c-scopes.test.ts")
await import("../attacks/c-tenants.test.ts")
await import("../attacks/f-output.test.ts")
await import("../attacks/i-time-and-delivery.test.ts")
await import("../attacks/j-privacy.test.ts")
await import("../attacks/k-live-channel.test.ts")
await import("../attacks/l-audit.test.ts")
await import("../attacks/l-handoff.test.ts")
