/** P19: five times what the service can take is shed, soon and politely, and what is taken is answered in time. */
import { splitCores } from "./cores.ts"
import type { Figures } from "./limits.ts"
import { post } from "./post.ts"
import { type Setup, wait, withService } from "./setup.ts"
import { signalOf } from "./shop.ts"
import { greatest } from "./spread.ts"
import { type LoadOrder, type LoadReport, startLoad } from "./start-load.ts"
import { startPing } from "./start-ping.ts"
import type { ServiceProcess } from "./start-process.ts"
import { watchMemory } from "./watch-memory.ts"

/** A batch as a page or a backend sends it. */
const signals = 20
/** Senders at once that saturate it: the first number of them of whom nobody is shed, or what is found is no peak. */
const lanes = [64, 24, 8]
const times = 5
/** Held open from before, as a proxy does. When all of them wait for an answer, what is due cannot be offered, and the run fails. */
const mostConnections = 1_000

interface Round {
  /** Requests a second that saturate it; NaN when even the fewest are shed. */
  readonly peak: number
  readonly load: LoadReport
  readonly health: number
  readonly calm: number
}

/**
 * Peak and overload by turns, as a machine is not equally fast for a minute. Sender and service have processors of their own: five
 * times as many requests cost the sender more, too, and on a shared processor it would take that from the service.
 */
export const measureOverload = async (setup: Setup): Promise<Figures> => {
  const cores = splitCores()
  if (cores === undefined) setup.say("  Sender and service share this machine's processors: goodput is too low.")
  const measure = async (service: ServiceProcess) => {
    const { overloadSeconds: seconds, overloadRounds } = setup.sizes
    const send: Send = (order) =>
      startLoad(setup.programs.load, { port: service.port, signals, cores: cores?.sender, ...order })
    await send({ connections: 64, seconds: seconds * 2, run: "warm" })
    const memory = watchMemory(service)
    const rounds: Round[] = []
    for (let at = 0; at < overloadRounds; at++)
      rounds.push(await measureRound(service, seconds, send, `${at}`, setup.say))
    return { ...figuresOf(rounds), overloadMemory: memory.stop() }
  }
  return withService(setup, measure, cores?.service)
}

type Send = (order: Pick<LoadOrder, "connections" | "seconds" | "run" | "rate">) => Promise<LoadReport>

const measureRound = async (
  service: ServiceProcess,
  seconds: number,
  send: Send,
  name: string,
  say: Setup["say"],
): Promise<Round> => {
  const saturate = (connections: number) =>
    send({ connections, seconds: seconds / 2, run: `peak-${name}-${connections}` })
  const peak = await peakOf(saturate, say)
  await wait(500)
  const ping = startPing(service.port, 50)
  // Where there is no peak the run fails; what it shows is still worth seeing.
  const rate = (Number.isNaN(peak) ? 100 : peak) * times
  const load = await send({ connections: mostConnections, seconds, rate, run: `over-${name}` })
  say(`  ${times} times as much: ${JSON.stringify(load)}`)
  const calm = await secondsUntilCalm(service.url)
  return { peak, load, calm, health: greatest(await ping.stop()) }
}

/** Rates over all rounds, and the worst round in everything else; NaN where one has none. */
const figuresOf = (rounds: readonly Round[]) => {
  const mean = (read: (round: Round) => number) => rounds.reduce((sum, round) => sum + read(round), 0) / rounds.length
  const worst = (read: (round: Round) => number) => Math.max(...rounds.map(read))
  const peak = mean((round) => round.peak)
  return {
    overloadPeak: peak,
    overloadOffered: Math.min(...rounds.map(({ load, peak }) => load.sent / load.seconds / peak)),
    overloadGoodput: mean(({ load }) => load.accepted / load.seconds) / peak,
    overloadP99: worst(({ load }) => load.acceptedP99),
    overloadRefusedP99: worst(({ load }) => load.refusedP99),
    overloadOdd: rounds.flatMap(({ load }) => Object.values(load.odd)).reduce((sum, count) => sum + count, 0),
    overloadHealth: worst(({ health }) => health),
    overloadCalm: worst(({ calm }) => calm),
    overloadLag: worst(({ load }) => load.lagP99),
  }
}

/** Requests a second; NaN when even the fewest are shed. */
const peakOf = async (saturate: (connections: number) => Promise<LoadReport>, say: Setup["say"]): Promise<number> => {
  for (const connections of lanes) {
    const full = await saturate(connections)
    say(`  saturated by ${connections}: ${JSON.stringify(full)}`)
    if (full.refused <= full.accepted / 100) return full.accepted / full.seconds
  }
  return Number.NaN
}

/** NaN when it does not come to rest. */
const secondsUntilCalm = async (url: string): Promise<number> => {
  const began = performance.now()
  for (let inRow = 0, tries = 0; tries < 2_000; tries++) {
    const { status } = await post(url, [signalOf("calm")])
    inRow = status === 200 ? inRow + 1 : 0
    if (inRow === 20) return (performance.now() - began) / 1_000
    if (status !== 200) await wait(50)
  }
  return Number.NaN
}
