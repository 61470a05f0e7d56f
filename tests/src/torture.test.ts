import { expect, it } from "vitest"
import { runTorture } from "../torture/run-torture.ts"

it("killed, cut off, unheard, full or shared, the service loses and doubles nothing it has acknowledged", async () => {
  const report = await runTorture({ rounds: 2, seed: 7 })
  expect(report.acked).toBeGreaterThan(100)
  expect(report.swallowedAnswers).toBeGreaterThan(0)
  expect(report).toMatchObject({ lost: 0, doubled: 0, integrity: "ok", secondProcess: "refused" })
  expect(report.fullDisk).toMatch(/^(ok$|not run)/)
}, 120_000)
