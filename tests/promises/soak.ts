/** P34: hours of the same cost no more at the end than at the beginning. */
import { statSync } from "node:fs"
import { type Follower, follow } from "./follow.ts"
import type { Figures } from "./limits.ts"
import { post } from "./post.ts"
import { type Setup, serveFile, wait } from "./setup.ts"
import { signalOf } from "./shop.ts"
import { greatest, least, slopeOf } from "./spread.ts"

const pace = 100
/** Readers at a time; one of them leaves and another comes twice a second. */
const readers = 20
/** Of the whole time, left out of the slope. */
const warmUp = 0.25

export const measureSoak = async (setup: Setup): Promise<Figures> => {
  const file = setup.newFile()
  const service = await serveFile(setup, file)
  const seconds = setup.sizes.soakMinutes * 60
  const began = performance.now()
  const passed = () => (performance.now() - began) / 1_000
  const isOver = () => passed() >= seconds
  const samples: { readonly at: number; readonly memory: number; readonly fds: number; readonly wal: number }[] = []
  const sample = setInterval(() => {
    const memory = service.memory()
    samples.push({ at: passed(), memory, fds: service.fds(), wal: sizeOf(`${file}-wal`) })
  }, 1_000)
  try {
    const [accepted] = await Promise.all([write(service.url, passed, isOver), churn(service.url, isOver)])
    const steady = samples.filter(({ at }) => at >= seconds * warmUp)
    const share = Math.ceil(steady.length / 10)
    return {
      soakMinutes: setup.sizes.soakMinutes,
      soakRate: accepted / seconds,
      soakSlope: slopeOf(steady.map(({ at, memory }) => [at / 600, memory] as const)),
      soakFds: Math.max(0, fewestFds(steady.slice(-share)) - fewestFds(steady.slice(0, share))),
      soakWal: greatest(samples.map(({ wal }) => wal)),
    }
  } finally {
    clearInterval(sample)
    await service.end("SIGKILL")
  }
}

/** Customers come and do not come back. */
const customerAt = (turn: number) => `soak-${Math.floor(turn / 20)}`

const write = async (url: string, passed: () => number, isOver: () => boolean): Promise<number> => {
  let accepted = 0
  const underWay = new Set<Promise<void>>()
  for (let turn = 0; !isOver(); turn++) {
    await wait(Math.max(0, (turn / pace - passed()) * 1_000))
    const signal = signalOf(customerAt(turn), { facts: { order: `A-${turn}`, errors: 1 } })
    const one: Promise<void> = post(url, [signal])
      .then(({ status }) => void (status === 200 && accepted++))
      .finally(() => underWay.delete(one))
    underWay.add(one)
  }
  await Promise.all(underWay)
  return accepted
}

const churn = async (url: string, isOver: () => boolean): Promise<void> => {
  const open: Follower[] = []
  for (let turn = 0; !isOver(); turn++) {
    open.push(await follow({ url, customer: customerAt(turn * (pace / 2)), onEvent: () => {} }))
    if (open.length > readers) open.shift()?.close()
    await wait(500)
  }
  for (const follower of open) follower.close()
}

/** Connections come and go, a few at a time; what is never given back raises the fewest. */
const fewestFds = (samples: readonly { readonly fds: number }[]): number => least(samples.map(({ fds }) => fds))

/** Megabytes. */
const sizeOf = (path: string): number => {
  try {
    return statSync(path).size / 1_048_576
  } catch {
    return 0
  }
}
