/** P33: a restart is boring, whatever came before it and however much there is. */
import { createSqliteStore } from "@tellonce/node"
import type { Figures } from "./limits.ts"
import { post } from "./post.ts"
import { type Setup, serveFile, wait } from "./setup.ts"
import { signalOf } from "./shop.ts"
import { startLoad } from "./start-load.ts"
import type { ServiceProcess } from "./start-process.ts"

export const measureRestart = async (setup: Setup): Promise<Figures> => {
  const file = setup.newFile()
  await fill(file, setup.sizes.signalsInFile)
  const first = await serveFile(setup, file)
  const secondAdmitted = await isAdmitted(setup, file)
  await killUnderLoad(setup, first)
  const began = performance.now()
  const second = await serveFile(setup, file)
  await untilReady(second.url)
  const readyAfterKill = (performance.now() - began) / 1_000
  const { drained, acked } = await drainUnderLoad(second)
  const third = await serveFile(setup, file)
  const drainLost = await missing(third.url, acked)
  await third.end("SIGKILL")
  return {
    signalsInFile: setup.sizes.signalsInFile,
    readyAfterKill,
    secondAdmitted: secondAdmitted ? 1 : 0,
    drained,
    drainAcked: acked.length,
    drainLost,
  }
}

/** Signals of ten thousand customers, written by the store itself. */
const fill = async (path: string, count: number): Promise<void> => {
  const store = await createSqliteStore({ path })
  const received = Date.now()
  const encoded = JSON.stringify({ filler: "x".repeat(2_000) })
  const group = async (from: number) => {
    const signals = Array.from({ length: Math.min(500, count - from) }, (_, at) => {
      const customer = `c${Math.floor((from + at) / 100) % 10_000}`
      const signal = signalOf(customer, { id: `f${from + at}`, facts: { order: `A-${at}` } })
      return { key: `user:${customer}`, received, signal: signal as never }
    })
    await store.update(signals, () => encoded)
  }
  for (let from = 0; from < count; from += 2_000) {
    await Promise.all([0, 500, 1_000, 1_500].filter((add) => from + add < count).map((add) => group(from + add)))
  }
  await store.close?.()
}

const isAdmitted = async (setup: Setup, file: string): Promise<boolean> => {
  const second = await serveFile(setup, file).catch((reason: unknown) => String(reason))
  if (typeof second === "string") {
    if (/store\/locked/.test(second)) return false
    throw new Error(`A second process ended for another reason: ${second}`)
  }
  await second.end("SIGKILL")
  return true
}

/** Killed as it writes, so that the log file holds what the database file does not. */
const killUnderLoad = async ({ programs }: Setup, service: ServiceProcess): Promise<void> => {
  const load = startLoad(programs.load, { port: service.port, seconds: 3, signals: 20, connections: 16, run: "kill" })
  await wait(2_000)
  await service.end("SIGKILL")
  await load
}

const untilReady = async (url: string): Promise<void> => {
  while ((await fetch(`${url}/readyz`).then(({ status }) => status)) !== 200) await wait(10)
}

/** Told to stop while many write. Which signals were answered is what the writers know. */
const drainUnderLoad = async (service: ServiceProcess) => {
  const acked: object[] = []
  let isStopping = false
  const write = async (lane: number) => {
    for (let turn = 0; ; turn++) {
      const signals = Array.from({ length: 5 }, () => signalOf(`drain-${lane}-${turn % 10}`, { facts: { errors: 1 } }))
      const answer = await post(service.url, signals).catch(() => undefined)
      if (answer?.status === 200) acked.push(...signals)
      if (answer === undefined || (isStopping && answer.status !== 200)) return
    }
  }
  const writers = Promise.all(Array.from({ length: 16 }, (_, lane) => write(lane)))
  await wait(1_000)
  isStopping = true
  const began = performance.now()
  const code = await service.end("SIGTERM")
  const drained = code === 0 ? (performance.now() - began) / 1_000 : Number.NaN
  await writers
  return { drained, acked }
}

/** What is there already is told as a duplicate. */
const missing = async (url: string, signals: readonly object[]): Promise<number> => {
  let lost = 0
  for (let from = 0; from < signals.length; from += 500) {
    const { status, body } = await post(url, signals.slice(from, from + 500))
    if (status !== 200) throw new Error(`The service refuses to look: ${status}.`)
    lost += (body.results ?? []).filter((result) => result.status !== "duplicate").length
  }
  return lost
}
