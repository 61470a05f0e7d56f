import { setTimeout as pause } from "node:timers/promises"
import type { Millis } from "@tellonce/core"
import { customersOf } from "./customers-of.ts"
import { type FailOver, failOver } from "./fail-over.ts"
import { judgeGaps } from "./judge-gaps.ts"
import type { Cluster } from "./on-cluster.ts"
import { startFollower } from "./start-follower.ts"
import { startLoad } from "./start-load.ts"

/** Writers and readers at every node, before, while and after the standby takes over. */
export const loadThroughFailOver = async (
  cluster: Cluster,
  { random, load, stalled }: { readonly random: () => number; readonly load: Millis; readonly stalled: boolean },
): Promise<{ readonly failOver: FailOver; readonly gaps: number }> => {
  const { nodes, ledger } = cluster
  const urls = nodes.map(({ url }) => url)
  const customers = customersOf("fail-over")
  const followers = await Promise.all(
    customers.slice(0, 6).map((customer, index) => startFollower(urls, customer, index)),
  )
  const writing = startLoad({ urls, customers, ledger, random, name: "fail-over" })
  await pause(load)
  const outcome = await failOver(cluster, writing, { stalled })
  await pause(load)
  await writing.stop()
  const gaps = await judgeGaps(ledger, followers)
  for (const follower of followers) follower.close()
  return { failOver: outcome, gaps }
}
