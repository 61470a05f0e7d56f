import { randomUUID } from "node:crypto"
import type { LoggedSignal, Store } from "@tellonce/core"
import type { Database } from "../connection/create-database.ts"
import type { Transaction } from "../connection/run-transaction.ts"
import type { Target } from "../connection/to-target.ts"
import { columnsOf, tenantsOf } from "../place/place-of.ts"
import { readLog } from "../read/read-log.ts"
import { liveStatements } from "../sql/live-statements.ts"
import { sweepStatements } from "../sql/sweep-statements.ts"
import { createEar } from "./create-ear.ts"
import { createPoll } from "./create-poll.ts"
import { createTold } from "./create-told.ts"
import { createWatchers } from "./create-watchers.ts"
import { gather } from "./gather.ts"
import { parseWord, toWords } from "./word.ts"

export interface LiveOptions {
  readonly database: Database
  /** Where to listen; undefined to poll alone. */
  readonly target: Target | undefined
  readonly channel: string
  readonly secret: string
  /** Places. */
  readonly lateness: number
}

/** What is new in the database, from this node and from others, to whoever watches here. */
export interface Live extends Pick<Store, "watch"> {
  /** This node has committed these. */
  added(signals: readonly LoggedSignal[]): void
  /** In the transaction that sweeps them. */
  tellSwept(transaction: Transaction, keys: readonly string[]): void
  swept(keys: readonly string[]): void
  isListening(): boolean
  close(): Promise<void>
}

export const createLive = ({ database, target, channel, secret, lateness }: LiveOptions): Live => {
  const from = randomUUID()
  const watchers = createWatchers()
  const told = createTold(watchers, secret)
  const say = gather((keys) => {
    const words = toWords({ from, added: [...keys], swept: [] })
    return database.transaction([], async (transaction) => void transaction(liveStatements.notify, [channel, words]))
  })
  const fetch = gather(async (places) => told.added(await readSince(database, places)))
  const hear = (text: string) => {
    const word = parseWord(text)
    if (word === undefined || word.from === from) return
    told.swept(word.swept)
    fetch.add(word.added.filter(([key]) => watchers.isWanted(key)))
  }
  const isListening = () => ear?.isListening() === true
  const poll = createPoll({ database, told, named: watchers.named, lateness, isListening })
  const ear = target && createEar({ target, channel, onWord: hear, onOpen: poll.now })
  poll.start()

  return {
    watch: watchers.watch,
    isListening,
    added(signals) {
      told.added(signals)
      say.add(signals.map(({ key, seq }) => [key, seq]))
    },
    tellSwept(transaction, keys) {
      void transaction(sweepStatements.tell, columnsOf(keys.map(told.digestOf)))
      void transaction(liveStatements.notify, [channel, toWords({ from, added: [], swept: keys })])
    },
    swept: told.swept,
    async close() {
      await Promise.all([say.idle(), fetch.idle()])
      await poll.close()
      await ear?.close()
    },
  }
}

/** Of each key what is at its place and after it. */
const readSince = async (database: Database, places: ReadonlyMap<string, number>): Promise<readonly LoggedSignal[]> => {
  const keys = [...places.keys()]
  const after = Math.min(...places.values()) - 1
  const found = await database.transaction(tenantsOf(keys), (transaction) =>
    readLog(transaction, { keys, after, limit: 10_000 }),
  )
  return found.filter(({ key, seq }) => seq >= (places.get(key) ?? 0))
}
