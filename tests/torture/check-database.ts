import { applySignals, type Context, decodeContext, type Signal, view } from "@tellonce/core"
import { openDatabase } from "../../packages/node/src/store/sqlite-driver.mjs"
import { migrate } from "../../packages/node/src/store/sqlite-schema.mjs"
import { judge, type Ledger, type Verdict } from "./ledger.ts"
import { tortureContext } from "./torture-context.ts"

export interface Checked extends Verdict {
  /** "ok", or what SQLite found broken. */
  readonly integrity: string
}

interface Row {
  readonly seq: number
  readonly key: string
  readonly body: string
}

/** What is kept of a key, up to this place in the log; what stands after it counts, too. */
interface Document {
  readonly key: string
  readonly seq: number
  readonly encoded: string
}

/**
 * Reads the file as it lies there, by SQLite alone: not through the store that wrote it. A file that was cut off before its tables were
 * flushed is given them, as by the store that opens it again; what was acknowledged must be in there all the same.
 */
export const checkDatabase = (path: string, ledger: Ledger, now: number): Checked => {
  const database = openDatabase(path)
  try {
    const rows = <Kind>(sql: string) => database.prepare(sql).all() as readonly Kind[]
    const [first] = rows<{ integrity_check: string }>("PRAGMA integrity_check")
    migrate(database)
    const signals = rows<Row>("SELECT seq, key, body FROM signal ORDER BY seq").map(({ body, ...place }) => ({
      ...place,
      signal: JSON.parse(body) as Signal,
    }))
    const hits = new Map(
      rows<Document>("SELECT key, seq, encoded FROM context WHERE key LIKE 'user:%'").map(({ key, seq, encoded }) => {
        const tail = signals.filter((one) => one.key === key && one.seq > seq).map(({ signal }) => signal)
        return [key, hitsOf(applySignals(decodeContext(tortureContext, encoded), tail), now)]
      }),
    )
    const logged = signals.map(({ signal }) => signal.id)
    return { ...judge(ledger, { logged, hits }), integrity: first?.integrity_check ?? "no answer" }
  } catch (thrown) {
    // It cannot be read: all that was acknowledged is lost.
    return { lost: ledger.acked.size, doubled: 0, integrity: String(thrown) }
  } finally {
    database.close()
  }
}

const hitsOf = (context: Context<typeof tortureContext.fields>, now: number): number => {
  const { hits } = view(context, { now })
  return "value" in hits ? Number(hits.value) : 0
}
