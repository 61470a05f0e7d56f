import pg, { type Client, type ClientConfig, type QueryConfig } from "pg"
import { Fault } from "./fault.ts"
import type { Target } from "./to-target.ts"

export interface Primary {
  readonly config: ClientConfig
  readonly client: Client
}

interface Probed extends Primary {
  /** Each fail-over begins a new one, so that the greater of two that take writes is the real one. */
  readonly timeline: string
}

/** Hexadecimal, the timeline first; nothing on a standby. */
const timeline =
  "SELECT CASE WHEN pg_is_in_recovery() THEN NULL ELSE left(pg_walfile_name(pg_current_wal_lsn()), 8) END AS timeline"

/** How long to wait for a second host that takes writes, once there is one. */
const grace = 200

/** Asks all hosts which of them takes writes, and answers with a connection to it. */
export const findPrimary = async (target: Target): Promise<Primary> => {
  const found: Probed[] = []
  let last: unknown
  const probes = target.map(async (config) => {
    try {
      const probed = await probe(config)
      if (probed) found.push(probed)
    } catch (thrown) {
      last = thrown
    }
  })
  const first = Promise.any(probes.map((one) => one.then(() => (found.length > 0 ? undefined : Promise.reject(last)))))
  await Promise.race([
    Promise.all(probes),
    first.then(() => pause(target.length > 1 ? grace : 0)).catch(() => Promise.all(probes)),
  ])
  const [newest, ...others] = found.splice(0).sort((a, b) => (a.timeline < b.timeline ? 1 : -1))
  for (const { client } of others) void client.end()
  void Promise.all(probes).then(() => {
    for (const { client } of found) void client.end()
  })
  if (newest) return newest
  throw new Fault(last ?? { code: "25006", message: "None of the hosts takes writes." })
}

const probe = async (config: ClientConfig): Promise<Probed | undefined> => {
  const client = new pg.Client(config)
  // A connection that breaks later is found by the query on it.
  client.on("error", () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ timeline: string | null }>(soon(timeline, config))
    const on = rows[0]?.timeline
    if (on) return { config, client, timeline: on }
    await client.end()
    return undefined
  } catch (thrown) {
    void client.end().catch(() => {})
    throw thrown
  }
}

/** A query that a host which is up answers at once. What follows on the same connection may take its time. */
export const soon = (
  text: string,
  { connectionTimeoutMillis }: ClientConfig,
): QueryConfig & { query_timeout?: number | undefined } => ({
  text,
  query_timeout: connectionTimeoutMillis,
})

const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time))
