import type { AuditNote, LoggedSignal, Sweeper } from "@tellonce/core"
import { chainNotes, chainsOf, headsIn } from "./chain-notes.ts"
import { look } from "./create-known.ts"
import type { SqliteThread } from "./sqlite-thread.ts"

/** How the thread is asked for the log, page by page. */
export type ReadLog = (keys: readonly string[], after: number, limit: number) => Promise<readonly LoggedSignal[]>

const page = 1_000

/** Works out all that a sweep changes before anything is changed: a try on a full disk is then repeated without asking again. */
export const planSweep = async (
  { thread, readLog }: { readonly thread: SqliteThread; readonly readLog: ReadLog },
  keys: readonly string[],
  change: Parameters<Sweeper["sweep"]>[1],
  notes: readonly AuditNote[],
) => {
  const signals = []
  for (let after = 0; ; ) {
    const logged = await readLog(keys, after, page)
    for (const entry of logged) {
      const { id, source } = entry.signal
      const kept = change.signal(entry)
      if (kept !== entry.signal) {
        signals.push({ seq: entry.seq, key: entry.key, source, id, body: kept && JSON.stringify(kept) })
      }
    }
    const last = logged.at(-1)
    if (last === undefined || logged.length < page) break
    after = last.seq
  }
  const looked = await look(thread, { keys: [...new Set(keys)], chains: chainsOf(notes), signals: [] })
  const documents = looked.contexts.map((stored) => ({
    key: stored.key,
    seq: stored.seq,
    encoded: change.context(stored),
  }))
  const forgotten = change.forgetDuplicates === true ? keys : []
  const outgoing = change.outgoing ?? []
  return { signals, documents, forgotten, outgoing, records: chainNotes(notes, headsIn(looked.heads)) }
}
