import { TellonceError } from "@tellonce/core"
import type { Database } from "../connection/create-database.ts"
import { schemaStatements as sql } from "../sql/schema-statements.ts"

/** What all nodes of one schema share. */
export interface Settings {
  readonly channel: string
  readonly secret: string
}

export const readSettings = async (database: Database): Promise<Settings> => {
  const rows = await database.transaction([], (transaction) =>
    transaction<{ readonly name: string; readonly value: string }>(sql.settings),
  )
  const found = new Map(rows.map(({ name, value }) => [name, value]))
  const [channel, secret] = [found.get("channel"), found.get("secret")]
  if (channel !== undefined && secret !== undefined) return { channel, secret }
  throw new TellonceError("store/migrate", "The schema has no settings. Run `npx tellonce migrate`.")
}
