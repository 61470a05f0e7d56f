import type { Database } from "./connection/create-database.ts"
import { signalStatements as sql } from "./sql/signal-statements.ts"

/** What this node knows of its database; that it answers at all says that the process lives. */
export interface PostgresHealth {
  readonly state: "ready" | "unavailable"
  /** The host that takes writes, as far as it is known. */
  readonly primary: string | undefined
  readonly connections: { readonly open: number; readonly idle: number; readonly waiting: number }
  /** Updates that wait for a transaction. */
  readonly waiting: number
  /** False while news of other nodes is found by polling alone. */
  readonly isListening: boolean
}

/** Asks the server that takes writes for its time. Answers within the store's patience. */
export const lookAtHealth = async (
  database: Database,
  { waiting, isListening }: { readonly waiting: () => number; readonly isListening: () => boolean },
): Promise<PostgresHealth> => {
  const answers = database.transaction([], (transaction) => transaction(sql.now))
  const state = await answers.then(
    () => "ready" as const,
    () => "unavailable" as const,
  )
  const pool = database.current()
  return {
    state,
    primary: database.address(),
    connections: { open: pool?.totalCount ?? 0, idle: pool?.idleCount ?? 0, waiting: pool?.waitingCount ?? 0 },
    waiting: waiting(),
    isListening: isListening(),
  }
}
