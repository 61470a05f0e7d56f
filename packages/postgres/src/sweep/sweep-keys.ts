import type { AuditNote, LoggedSignal, StoredContext, Sweeper } from "@tellonce/core"
import { addNotes } from "../audit/add-notes.ts"
import type { Database } from "../connection/create-database.ts"
import type { Transaction } from "../connection/run-transaction.ts"
import { columnsOf, comparePlaces, placeOf, tenantsOf } from "../place/place-of.ts"
import { readContexts } from "../read/read-contexts.ts"
import { readLog } from "../read/read-log.ts"
import { sweepStatements as sql } from "../sql/sweep-statements.ts"
import { putOutgoing } from "../write/put-outgoing.ts"

export interface SweepOptions {
  readonly keys: readonly string[]
  readonly change: Parameters<Sweeper["sweep"]>[1]
  readonly notes: readonly AuditNote[]
  /** Tells other nodes, in the same transaction: sweeps are few. */
  readonly tell: (transaction: Transaction, keys: readonly string[]) => void
}

/** Rewrites what is kept of these keys, under their locks and in one transaction. */
export const sweepKeys = (database: Database, { keys: named, change, notes, tell }: SweepOptions): Promise<void> => {
  const { outgoing = [], forgetDuplicates = false } = change
  const names = [...named, ...outgoing.map(({ to }) => to), ...notes.map(({ chain }) => chain)]
  const keys = [...new Set(named)]
  return database.transaction(tenantsOf(names), async (transaction) => {
    void transaction(sql.lock, columnsOf(keys.map(placeOf).sort(comparePlaces)))
    const changed = await changesOf(transaction, keys, change)
    const contexts = await readContexts(transaction, keys)
    // All is worked out before anything is changed.
    const documents = contexts.map((stored) => ({ stored, encoded: change.context(stored) }))
    rewriteLog(transaction, changed)
    rewriteContexts(transaction, documents)
    if (forgetDuplicates) forget(transaction, keys)
    tell(transaction, keys)
    putOutgoing(transaction, outgoing)
    addNotes(transaction, notes)
  })
}

/** A log row that is changed; without a body it goes. */
interface Changed {
  readonly logged: LoggedSignal
  readonly body: string | undefined
}

const page = 1_000

const changesOf = async (
  transaction: Transaction,
  keys: readonly string[],
  change: SweepOptions["change"],
): Promise<readonly Changed[]> => {
  const changed: Changed[] = []
  for (let after = 0; ; ) {
    const rows = await readLog(transaction, { keys, after, limit: page })
    for (const logged of rows) {
      const kept = change.signal(logged)
      if (kept !== logged.signal) changed.push({ logged, body: kept && JSON.stringify(kept) })
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < page) return changed
    after = last.seq
  }
}

const rewriteLog = (transaction: Transaction, changed: readonly Changed[]) => {
  if (changed.length === 0) return
  const places = columnsOf(changed.map(({ logged }) => placeOf(logged.key)))
  const rows = [...places, changed.map(({ logged }) => logged.seq), changed.map(({ body }) => body)]
  void transaction(sql.removeSignals, rows)
  void transaction(sql.rewriteSignals, rows)
  const sources = changed.map(({ logged }) => logged.signal.source)
  void transaction(sql.markSwept, [...places, sources, changed.map(({ logged }) => logged.signal.id)])
}

interface Rewritten {
  readonly stored: StoredContext
  readonly encoded: string | undefined
}

const rewriteContexts = (transaction: Transaction, documents: readonly Rewritten[]) => {
  const places = columnsOf(documents.map(({ stored }) => placeOf(stored.key)))
  void transaction(sql.rewriteContexts, [...places, documents.map(({ encoded }) => encoded)])
  void transaction(sql.removeContexts, places)
}

const forget = (transaction: Transaction, keys: readonly string[]) => {
  const places = columnsOf(keys.map(placeOf))
  void transaction(sql.forget, places)
  void transaction(sql.forgetOutgoing, [keys])
}
