import type { Millis } from "@tellonce/core"
import type { PoolClient } from "pg"
import { createPrimary, type PrimaryPool } from "./create-primary.ts"
import { Fault, toFailure } from "./fault.ts"
import { runTransaction, type Transaction } from "./run-transaction.ts"
import { type ConnectOptions, toTarget } from "./to-target.ts"

/** The database as the store sees it: one that takes writes, sooner or later. */
export interface Database extends Pick<PrimaryPool, "current" | "address"> {
  /**
   * One transaction that sees these tenants' rows; `*` is all. `work` runs again after a fault that passes, on another host if need be: its
   * effects outside of the database must be repeatable, and after a lost COMMIT what it did before may be there.
   */
  transaction<Result>(tenants: Iterable<string>, work: (transaction: Transaction) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

export interface DatabaseOptions extends ConnectOptions {
  readonly connections: number
  /** How long one statement may take. */
  readonly statementTimeout: Millis
  /** How long a call waits for a host that takes writes. */
  readonly patience: Millis
}

export const createDatabase = (options: DatabaseOptions): Database => {
  const { statementTimeout, patience, connections } = options
  const primary = createPrimary(toTarget(options), {
    max: connections,
    pipeline: true,
    // A server that is gone without a word, and a COMMIT whose standby does not answer: longer than any statement may take.
    query_timeout: statementTimeout * 2,
  })
  const attempt = async <Result>(tenants: readonly string[], work: (transaction: Transaction) => Promise<Result>) => {
    const pool = await primary.pool().catch(asFault)
    let client: PoolClient | undefined
    try {
      client = await pool.connect().catch(toConnectFault)
      const result = await runTransaction(client, { tenants, statementTimeout }, work)
      client.release()
      return result
    } catch (thrown) {
      const isLost = thrown instanceof Fault && thrown.kind === "lost"
      client?.release(isLost)
      if (isLost) primary.drop(pool)
      throw thrown
    }
  }
  return {
    current: primary.current,
    address: primary.address,
    close: primary.close,
    async transaction(tenants, work) {
      const named = [...new Set(tenants)]
      const until = performance.now() + patience
      for (let tries = 0; ; tries++) {
        try {
          return await attempt(named, work)
        } catch (thrown) {
          const passes = thrown instanceof Fault && thrown.kind !== "refused"
          if (!passes || performance.now() > until) throw toFailure(thrown)
        }
        await pause(Math.min(20 * 2 ** tries, 500))
      }
    },
  }
}

const asFault = (thrown: unknown): never => {
  throw thrown instanceof Fault ? thrown : new Fault(thrown)
}

/** The pool says so when all its connections are busy for long. That is no reason to open another pool beside them. */
const allBusy = "timeout exceeded when trying to connect"

const toConnectFault = (thrown: unknown): never =>
  asFault(thrown instanceof Error && thrown.message === allBusy ? { code: "53300", message: allBusy } : thrown)

const pause = (time: Millis) => new Promise((resolve) => setTimeout(resolve, time))
