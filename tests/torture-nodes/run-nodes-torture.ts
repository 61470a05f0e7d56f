import type { Millis } from "@tellonce/core"
import { createRandom } from "../torture/create-random.ts"
import { checkNodes, type NodesVerdict } from "./check-nodes.ts"
import { customersOf } from "./customers-of.ts"
import type { FailOver } from "./fail-over.ts"
import { killNode, type NodeKilled } from "./kill-node.ts"
import { loadThroughFailOver } from "./load-through-fail-over.ts"
import { onCluster } from "./on-cluster.ts"
import { threeOrders } from "./three-orders.ts"

export interface NodesReport extends NodesVerdict {
  /** Signals acknowledged. */
  readonly acked: number
  readonly failOvers: readonly FailOver[]
  readonly nodeKilled: NodeKilled
  /** Acknowledged signals that a reader was never told of, over all rounds. */
  readonly gaps: number
  readonly seed: number
}

export interface NodesTorture {
  /** Repeats the same random choices. */
  readonly seed: number
  /** How long writers write before something is killed, and after. */
  readonly load: Millis
  readonly say?: (line: string) => void
}

/** Three nodes on a primary and a synchronous standby: the primary killed, once with its standby stalled; a node killed; one history in three orders. */
export const runNodesTorture = async ({ seed, load, say = () => {} }: NodesTorture): Promise<NodesReport> => {
  const random = createRandom(seed)
  const plain = await onCluster(async (cluster) => {
    say("the primary killed under load …")
    const round = await loadThroughFailOver(cluster, { random, load, stalled: false })
    say("a node killed, its clients go on at the others …")
    const { nodes, ledger } = cluster
    const nodeKilled = await killNode(nodes, { name: "node", customers: customersOf("node"), ledger, random })
    const kept = await checkNodes(cluster, nodes.slice(1))
    return { ...round, ...kept, nodeKilled, acked: ledger.acked.size }
  })
  const stalled = await onCluster(async (cluster) => {
    say("the standby stalled, then the primary killed under load …")
    const round = await loadThroughFailOver(cluster, { random, load, stalled: true })
    const kept = await checkNodes(cluster, cluster.nodes)
    say("the same signals through three nodes, to each in another order …")
    const orders = await threeOrders(cluster.nodes, customersOf("order"), random)
    return { ...round, ...kept, hashes: Math.max(kept.hashes, orders), acked: cluster.ledger.acked.size }
  })
  return {
    lost: plain.lost + stalled.lost,
    doubled: plain.doubled + stalled.doubled,
    hashes: Math.max(plain.hashes, stalled.hashes),
    gaps: plain.gaps + plain.nodeKilled.gaps + stalled.gaps,
    acked: plain.acked + stalled.acked,
    failOvers: [plain.failOver, stalled.failOver],
    nodeKilled: plain.nodeKilled,
    seed,
  }
}
