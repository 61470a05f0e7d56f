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

it("a standby that is not waited for is told apart, and of what was acknowledged a single row that is gone is found", async () => {
  await onCluster(
    async (cluster) => {
      const { query, nodes, ledger } = cluster
      const { failOver } = await loadThroughFailOver(cluster, { random: createRandom(7), load: 1_000, stalled: true })
      expect(failOver.ackedWhileStalled).toBeGreaterThan(0)
      const before = await checkNodes(cluster, nodes)
      const rows = await query("SELECT identity, seq, body FROM tellonce.signal")
      const kept = rows.find(({ body }) => ledger.acked.has((JSON.parse(String(body)) as { readonly id: string }).id))
      await query(`DELETE FROM tellonce.signal WHERE identity = '${kept?.identity}' AND seq = ${kept?.seq}`)
      const after = await checkNodes(cluster, nodes)
      expect(after.lost).toBeGreaterThan(before.lost)
    },
    { synchronous: false },
  )
}, 240_000)
