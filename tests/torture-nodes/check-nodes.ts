import type { ServiceProcess } from "../promises/start-process.ts"
import { readHits } from "../torture/create-client.ts"
import { judge, type Verdict } from "../torture/ledger.ts"
import type { Cluster } from "./on-cluster.ts"
import { readHashes } from "./read-hashes.ts"

export interface NodesVerdict extends Verdict {
  /** The greatest number of different hashes for one customer. */
  readonly hashes: number
}

/** Holds the log, as the surviving database has it, and what each of these nodes counts against what was acknowledged. */
export const checkNodes = async (
  { query, ledger }: Cluster,
  nodes: readonly ServiceProcess[],
): Promise<NodesVerdict> => {
  const rows = await query("SELECT body FROM tellonce.signal")
  const logged = rows.map(({ body }) => (JSON.parse(String(body)) as { readonly id: string }).id)
  const customers = [...new Set(ledger.sent.values())].map((key) => key.slice("user:".length))
  const urls = nodes.map(({ url }) => url)
  const verdicts = await Promise.all(
    urls.map(async (url) => judge(ledger, { logged, hits: await readHits(url, customers) })),
  )
  const hashes = await readHashes(urls, customers)
  return {
    lost: Math.max(...verdicts.map(({ lost }) => lost)),
    doubled: Math.max(...verdicts.map(({ doubled }) => doubled)),
    hashes: Math.max(...[...hashes.values()].map((found) => found.size)),
  }
}
