/** Signals kept durably, beside the same rows through the bare driver: same flush, same batch. */
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Signal } from "@tellonce/core"
import { createSqliteStore, createTellonce } from "@tellonce/node"
import Database from "libsql"
import { spreadOf } from "../measure.ts"
import { definitionOf, latestKinds } from "../workload.ts"
import { bodiesOf, secret } from "./requests.ts"

const requests = 1_500
/** Signals a transaction holds, there and here. */
const group = 500

/** Ours ÷ the driver in signals a second, the median of per-round ratios. */
export const durableVsDriver = async (rounds: number, say: (line: string) => unknown): Promise<number> => {
  const ratios: number[] = []
  for (let round = -1; round < rounds; round++) {
    const batches = bodiesOf(requests, `${round}`).map((body) => (JSON.parse(body) as { signals: Signal[] }).signals)
    const floor = await inDirectory((directory) => driverRate(directory, batches))
    const rate = await inDirectory((directory) => ourRate(directory, batches))
    if (round < 0) continue
    say(`  durable: the driver ${floor.toFixed(0)} signals/s, ours ${rate.toFixed(0)}`)
    ratios.push(rate / floor)
  }
  return spreadOf(ratios).median
}

const inDirectory = async (work: (directory: string) => Promise<number>): Promise<number> => {
  const directory = await mkdtemp(join(tmpdir(), "tellonce-bench-"))
  try {
    return await work(directory)
  } finally {
    await rm(directory, { recursive: true })
  }
}

type Batches = readonly (readonly Signal[])[]

/** Whoever has something to say says it at once, 64 at a time; each answer waits for the disk. */
const ourRate = async (directory: string, batches: Batches): Promise<number> => {
  const store = await createSqliteStore({ path: join(directory, "store.db") })
  const tellonce = createTellonce({
    context: definitionOf(latestKinds),
    store,
    keys: { publishable: "pk_bench_page", secret },
  })
  const began = performance.now()
  let next = 0
  const lane = async () => {
    for (let batch = batches[next++]; batch !== undefined; batch = batches[next++]) {
      const results = await tellonce.record(batch)
      const refused = results.find(({ status }) => status === "rejected")
      if (refused) throw new Error(`refused: ${JSON.stringify(refused)}`)
    }
  }
  await Promise.all(Array.from({ length: 64 }, lane))
  const seconds = (performance.now() - began) / 1_000
  await store.close?.()
  return batches.flat().length / seconds
}

/** The rows ours writes, written by hand: the signal, what makes a repetition known, and the customer's context. */
const driverRate = async (directory: string, batches: Batches): Promise<number> => {
  const database = new Database(join(directory, "floor.db"))
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA locking_mode = EXCLUSIVE;
    CREATE TABLE signal (seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, source TEXT NOT NULL, id TEXT NOT NULL,
      received INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
    CREATE UNIQUE INDEX signal_once ON signal (key, source, id);
    CREATE INDEX signal_by_key ON signal (key, seq);
    CREATE TABLE context (key TEXT PRIMARY KEY, seq INTEGER NOT NULL, encoded TEXT NOT NULL) STRICT`)
  const insert = database.prepare(
    "INSERT INTO signal (key, source, id, received, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
  )
  const upsert = database.prepare(
    "INSERT INTO context (key, seq, encoded) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq, encoded = excluded.encoded",
  )
  const encoded = "x".repeat(6_000)
  const began = performance.now()
  for (let from = 0; from < batches.length; from += group / 20) {
    database.exec("BEGIN IMMEDIATE")
    for (const batch of batches.slice(from, from + group / 20)) {
      for (const signal of batch)
        insert.run(signal.identity.value, signal.source, signal.id, Date.now(), JSON.stringify(signal))
      upsert.run(batch[0]?.identity.value, 1, encoded)
    }
    database.exec("COMMIT")
  }
  const seconds = (performance.now() - began) / 1_000
  database.close()
  return batches.flat().length / seconds
}
