import type { Millis } from "@tellonce/core"
import type { Database } from "../connection/create-database.ts"
import { columnsOf, tenantsOf } from "../place/place-of.ts"
import { readLog } from "../read/read-log.ts"
import { liveStatements as sql } from "../sql/live-statements.ts"
import { sweepStatements } from "../sql/sweep-statements.ts"
import type { Told } from "./create-told.ts"

export interface PollOptions {
  readonly database: Database
  readonly told: Told
  /** The keys that somebody watches. */
  readonly named: () => ReadonlySet<string>
  readonly lateness: number
  readonly isListening: () => boolean
}

/** While words are heard polling only finds those that were lost; without them it is all there is. */
const pace = { listening: 5_000, alone: 500 } satisfies Record<string, Millis>
/** Keys asked for in one statement. */
const slice = 1_000
/** Signals of one page. */
const page = 1_000

/** Looks now and then for what no word was heard of. */
export const createPoll = ({ database, told, named, lateness, isListening }: PollOptions) => {
  let since: number | undefined
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let isClosed = false

  const round = async () => {
    const keys = [...named()]
    const { now, horizon } = await horizonOf(database)
    // As far back as a transaction may have been under way the last time.
    const after = (since ?? now) - lateness
    for (let from = 0; from < keys.length; from += slice) {
      await look({ database, told }, keys.slice(from, from + slice), after)
    }
    since = horizon
    told.forget(after)
  }
  const run = () => {
    clearTimeout(timer)
    running ??= round()
      // No database now: the next round looks as far back as this one would have.
      .catch(() => {})
      .finally(() => {
        running = undefined
        plan()
      })
  }
  const plan = () => {
    if (isClosed) return
    timer = setTimeout(run, isListening() ? pace.listening : pace.alone)
    timer.unref()
  }
  return {
    start: plan,
    now: run,
    async close() {
      isClosed = true
      clearTimeout(timer)
      await running
    },
  }
}

const look = async (
  { database, told }: Pick<PollOptions, "database" | "told">,
  keys: readonly string[],
  after: number,
): Promise<void> => {
  const tenants = tenantsOf(keys)
  const digests = keys.map(told.digestOf)
  const swept = await database.transaction(tenants, (transaction) =>
    transaction<{ readonly digest: string; readonly seq: number }>(sweepStatements.findSwept, [
      ...columnsOf(digests),
      after,
    ]),
  )
  const keyOf = new Map(digests.map(({ name }, index) => [name, keys[index] ?? ""]))
  told.foundSwept(swept.map(({ digest, seq }) => ({ digest, seq, key: keyOf.get(digest) ?? "" })))
  for (let from = after; ; ) {
    const found = await database.transaction(tenants, (transaction) =>
      readLog(transaction, { keys, after: from, limit: page }),
    )
    told.added(found)
    const last = found.at(-1)
    if (last === undefined || found.length < page) return
    from = last.seq
  }
}

/** Now, and before which place nothing is under way any more, as far as this role can see. */
const horizonOf = (database: Database): Promise<{ readonly now: number; readonly horizon: number }> =>
  database.transaction([], async (transaction) => {
    const [row] = await transaction<{ readonly now: number; readonly horizon: number }>(sql.horizon)
    return row ?? { now: 0, horizon: 0 }
  })
