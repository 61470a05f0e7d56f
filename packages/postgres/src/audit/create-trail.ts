import type { AuditRecord, AuditTrail, Json } from "@tellonce/core"
import type { Database } from "../connection/create-database.ts"
import { nameOf, placeOf } from "../place/place-of.ts"
import { trailStatements as sql } from "../sql/trail-statements.ts"
import { linkNotes, waitingChains } from "./link-notes.ts"

type Row = Omit<AuditRecord, "chain" | "entry"> & { readonly entry: string }

/** The trail as it is read: what waits is linked first, so that every note that was kept is in it. */
export const createTrail = (database: Database): Pick<AuditTrail, "audit" | "chains"> & { link(): Promise<void> } => {
  const link = async () => {
    for (const chain of await waitingChains(database)) await linkNotes(database, chain)
  }
  return {
    link,
    async audit({ chain, after = 0, limit = 1_000 }) {
      const { tenant, bucket, name } = placeOf(chain)
      const at = [tenant, bucket, name]
      const isWaiting = await database.transaction([tenant], (transaction) =>
        transaction<{ readonly isWaiting: boolean }>(sql.isWaiting, at),
      )
      if (isWaiting[0]?.isWaiting) await linkNotes(database, chain)
      const rows = await database.transaction([tenant], (transaction) =>
        transaction<Row>(sql.read, [...at, after, limit]),
      )
      return rows.map(({ entry, ...row }) => ({
        ...row,
        chain,
        entry: JSON.parse(entry) as Readonly<Record<string, Json>>,
      }))
    },
    async chains() {
      await link()
      const rows = await database.transaction(["*"], (transaction) =>
        transaction<{ readonly tenant: string; readonly name: string }>(sql.chains),
      )
      return rows.map(nameOf)
    },
  }
}
