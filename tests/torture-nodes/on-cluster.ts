import type { ServiceProcess } from "../promises/start-process.ts"
import { type Postgres, startPostgres } from "../src/postgres/start-postgres.ts"
import type { Server } from "../src/postgres/start-server.ts"
import { createLedger, type Ledger } from "../torture/ledger.ts"
import { endNodes, startNodes } from "./start-nodes.ts"

/** A primary, its synchronous standby, three service nodes on both, and what is known of what was sent to them. */
export interface Cluster {
  readonly primary: Server
  readonly standby: Server
  promote(): Promise<void>
  /** Asks the standby, past the store. */
  query: Postgres["query"]
  readonly nodes: readonly ServiceProcess[]
  readonly ledger: Ledger
}

/** Does this with a new cluster and takes all of it away, whatever happens. Its standby is waited for, unless told. */
export const onCluster = async <Result>(
  work: (cluster: Cluster) => Promise<Result>,
  { synchronous = true }: { readonly synchronous?: boolean } = {},
): Promise<Result> => {
  const postgres = await startPostgres({
    ...{ replicas: 1, synchronous, durable: true },
    // A standby may not allow fewer than its primary was made with.
    settings: { max_wal_senders: 10 },
  })
  try {
    const [primary, standby] = postgres.servers
    if (primary === undefined || standby === undefined) throw new Error("A primary and a standby were asked for.")
    const database = await postgres.createDatabase()
    const nodes = await startNodes(postgres.url(database))
    const query: Postgres["query"] = (text) => postgres.query(text, { server: 1, database })
    const promote = () => postgres.promote(1)
    try {
      return await work({ primary, standby, promote, query, nodes, ledger: createLedger() })
    } finally {
      await endNodes(nodes)
      // A stalled server cannot be ended.
      standby.resume()
    }
  } finally {
    await postgres.stop()
  }
}
