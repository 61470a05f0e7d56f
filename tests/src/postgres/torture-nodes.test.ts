import { expect, it } from "vitest"
import { createRandom } from "../../torture/create-random.ts"
import { checkNodes } from "../../torture-nodes/check-nodes.ts"
import { loadThroughFailOver } from "../../torture-nodes/load-through-fail-over.ts"
import { onCluster } from "../../torture-nodes/on-cluster.ts"
import { runNodesTorture } from "../../torture-nodes/run-nodes-torture.ts"

it("three nodes lose, double and skip nothing when the primary, its standby or a node fails, and agree on one hash", async () => {
  const report = await runNodesTorture({ seed: 7, load: 1_000 })
  expect(report.acked).toBeGreaterThan(100)
  expect(report.failOvers.map(({ stalled }) => stalled)).toEqual([false, true])
  expect(report).toMatchObject({ lost: 0, doubled: 0, hashes: 1, gaps: 0, nodeKilled: { resets: 0 } })
  expect(report.nodeKilled.resumed).toBeGreaterThan(0)
}, 240_000)

it("a standby that is not waited for does lose what was acknowledged, and the ledger finds it", async () => {
  const verdict = await onCluster(
    async (cluster) => {
      const { failOver } = await loadThroughFailOver(cluster, { random: createRandom(7), load: 1_000, stalled: true })
      return { ...(await checkNodes(cluster, cluster.nodes)), failOver }
    },
    { synchronous: false },
  )
  expect(verdict.failOver.ackedWhileStalled).toBeGreaterThan(0)
  expect(verdict.lost).toBeGreaterThan(0)
}, 240_000)
