import pg, { type ClientConfig, type Pool } from "pg"
import { findPrimary } from "./find-primary.ts"
import type { Target } from "./to-target.ts"

/** The pool of connections to whichever host takes writes. */
export interface PrimaryPool {
  pool(): Promise<Pool>
  /** It does not take writes any more: the next who asks looks for the one that does. */
  drop(pool: Pool): void
  /** The pool, where one is known. */
  current(): Pool | undefined
  address(): string | undefined
  close(): Promise<void>
}

export const createPrimary = (target: Target, extra: ClientConfig & { readonly max: number }): PrimaryPool => {
  let current: { readonly pool: Pool; readonly config: ClientConfig } | undefined
  let finding: Promise<Pool> | undefined
  let isClosed = false

  const open = async () => {
    const { config, client } = await findPrimary(target)
    await client.end()
    const pool = new pg.Pool({ ...config, ...extra, idleTimeoutMillis: 30_000 })
    // An idle connection that breaks leaves the pool by itself.
    pool.on("error", () => {})
    // One in use says so by the statement that fails.
    pool.on("connect", (client) => client.on("error", () => {}))
    if (isClosed) void pool.end()
    current = { pool, config }
    return pool
  }
  const drop = (pool: Pool) => {
    if (current?.pool !== pool) return
    current = undefined
    void pool.end().catch(() => {})
  }
  return {
    async pool() {
      if (current) return current.pool
      finding ??= open().finally(() => {
        finding = undefined
      })
      return finding
    },
    drop,
    current: () => current?.pool,
    address: () => current && `${current.config.host}:${current.config.port}`,
    async close() {
      isClosed = true
      const pool = current?.pool
      current = undefined
      await pool?.end()
    },
  }
}
