import { type Context, decodeContext, view } from "@tellonce/core"
import { openDatabase } from "../../packages/node/src/store/sqlite-driver.mjs"
import { judge, type Ledger, type Verdict } from "./ledger.ts"
import { tortureContext } from "./torture-context.ts"

export interface Checked extends Verdict {
  /** "ok", or what SQLite found broken. */
  readonly integrity: string
}

/** Reads the file as it lies there, by SQLite alone: not through the store that wrote it. */
export const checkDatabase = (path: string, ledger: Ledger, now: number): Checked => {
  const database = openDatabase(path)
  try {
    const rows = <Row>(sql: string) => database.prepare(sql).all() as readonly Row[]
    const [first] = rows<{ integrity_check: string }>("PRAGMA integrity_check")
    const logged = rows<{ body: string }>("SELECT body FROM signal").map(
      ({ body }) => (JSON.parse(body) as { id: string }).id,
    )
    const hits = new Map(
      rows<{ key: string; encoded: string }>("SELECT key, encoded FROM context WHERE key LIKE 'user:%'").map(
        ({ key, encoded }) => [key, hitsOf(decodeContext(tortureContext, encoded), now)],
      ),
    )
    return { ...judge(ledger, { logged, hits }), integrity: first?.integrity_check ?? "no answer" }
  } catch (thrown) {
    // Not even the tables are there: all that was acknowledged is lost.
    return { lost: ledger.acked.size, doubled: 0, integrity: String(thrown) }
  } finally {
    database.close()
  }
}

const hitsOf = (context: Context<typeof tortureContext.fields>, now: number): number => {
  const { hits } = view(context, { now })
  return "value" in hits ? Number(hits.value) : 0
}
