import type { Sweeper } from "@tellonce/core"
import type { Transaction } from "../connection/run-transaction.ts"
import { nameOf, placeOf } from "../place/place-of.ts"
import { signalStatements as sql } from "../sql/signal-statements.ts"

/** The keys of all stored contexts, tenant by tenant. */
export const readKeys = async (
  transaction: Transaction,
  { after = "", limit = 1_000 }: Parameters<Sweeper["keys"]>[0],
): Promise<readonly string[]> => {
  const { tenant, name } = placeOf(after)
  const rows = await transaction<{ readonly tenant: string; readonly name: string }>(sql.keys, [tenant, name, limit])
  return rows.map(nameOf)
}
