import { spawnSync } from "node:child_process"
import { rmSync, writeFileSync } from "node:fs"
import { type Checked, checkDatabase } from "./check-database.ts"
import { createBatch, sendBatch } from "./create-client.ts"
import { createLedger, type Ledger } from "./ledger.ts"
import { readTrace, type Step, tracer } from "./read-trace.ts"
import { createSimulatedDisk } from "./simulated-disk.ts"
import { startService } from "./start-service.ts"

export interface PowerCuts {
  readonly program: string
  readonly directory: string
  readonly cuts: number
  readonly random: () => number
}

export interface CutReport extends Checked {
  readonly cuts: number
  readonly acked: number
  /** How it was done. */
  readonly method: string
}

/** Undefined where there is no tracer. */
export const powerCuts = async ({ program, directory, cuts, random }: PowerCuts): Promise<CutReport | undefined> => {
  if (spawnSync("strace", ["-V"]).status !== 0) return undefined
  const data = `${directory}/store.db`
  const trace = `${directory}/trace`
  const sent = await runTraced({ program, data, trace, random })
  const steps = (await readTrace(trace)).filter((step) => step.did === "answer" || step.path.startsWith(data))
  rmSync(trace)
  const moments = Array.from({ length: cuts }, () => Math.floor(random() * steps.length)).sort((a, b) => a - b)
  const total = { lost: 0, doubled: 0, integrity: "ok" }
  const ledger = { sent, acked: new Set<string>() }
  const disk = createSimulatedDisk(random)
  let at = 0
  for (const moment of moments) {
    for (; at <= moment; at++) takeStep(steps[at], disk, ledger)
    const verdict = checkCut({ disk, data, copy: `${directory}/cut.db`, ledger })
    total.lost += verdict.lost
    total.doubled += verdict.doubled
    if (verdict.integrity !== "ok") total.integrity = verdict.integrity
  }
  return { ...total, cuts, acked: ledger.acked.size, method: "strace" }
}

/** The service under the tracer, written to by four clients and made to move its log file now and then. */
const runTraced = async (options: { program: string; data: string; trace: string; random: () => number }) => {
  const { program, data, trace, random } = options
  const service = await startService({
    program,
    data,
    under: tracer(trace),
    env: { CHECKPOINT_EVERY: "150", RESERVE: "0" },
  })
  const ledger = createLedger()
  const write = async (lane: number) => {
    for (let number = 0; number < 40; number++) {
      const ids = Array.from({ length: 3 }, (_, index) => `p${lane}-${number}-${index}`)
      await sendBatch(service.url, createBatch(ledger, ids, ["cut-a", "cut-b", "cut-c"], random), ledger)
    }
  }
  await Promise.all([0, 1, 2, 3].map(write))
  await service.kill()
  if (ledger.acked.size !== ledger.sent.size) throw new Error("The traced service refused signals.")
  return ledger.sent
}

/** An answer that went out is an acknowledgement, whether or not the client has read it. */
const takeStep = (step: Step | undefined, disk: ReturnType<typeof createSimulatedDisk>, { acked }: Ledger) => {
  if (step === undefined) return
  if (step.did !== "answer") return disk.take(step)
  for (const [, id = ""] of step.text.matchAll(/"id":"(p[^"]+)","status":"accepted"/g)) acked.add(id)
}

const checkCut = (options: {
  disk: ReturnType<typeof createSimulatedDisk>
  data: string
  copy: string
  ledger: Ledger
}): Checked => {
  const { disk, data, copy, ledger } = options
  for (const end of ["", "-wal", "-journal"]) {
    rmSync(copy + end, { force: true })
    const bytes = disk.cut(data + end)
    if (bytes.length > 0) writeFileSync(copy + end, bytes)
  }
  return ledger.acked.size === 0 && disk.cut(data).length === 0
    ? { lost: 0, doubled: 0, integrity: "ok" }
    : checkDatabase(copy, ledger, Date.now())
}
