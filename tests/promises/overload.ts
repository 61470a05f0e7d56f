/** P19: five times what the service can take is shed, soon and politely, and what is taken is answered in time. */
import type { Figures } from "./limits.ts"
import { post } from "./post.ts"
import { type Setup, wait, withService } from "./setup.ts"
import { signalOf } from "./shop.ts"
import { greatest } from "./spread.ts"
import { type LoadReport, startLoad } from "./start-load.ts"
import { startPing } from "./start-ping.ts"
import { watchMemory } from "./watch-memory.ts"

/** A batch as a page or a backend sends it. */
const signals = 20
/** Senders at once that saturate it: the first number of them of whom nobody is shed, or what is found is no peak. */
const lanes = [64, 24, 8]
const times = 5
/** Held open from before, as a proxy does. When all of them wait for an answer, what is due cannot be offered, and the run fails. */
const mostConnections = 1_000

export const measureOverload = (setup: Setup): Promise<Figures> =>
  withService(setup, async (service) => {
    const { programs, sizes, say } = setup
    const order = { port: service.port, signals }
    const saturate = (connections: number, seconds: number) =>
      startLoad(programs.load, { ...order, seconds, connections, run: `peak-${connections}-${seconds}` })
    await saturate(8, sizes.overloadSeconds / 4)
    const peak = await peakOf((connections) => saturate(connections, sizes.overloadSeconds / 2), say)
    await wait(500)
    const ping = startPing(service.port, 50)
    const memory = watchMemory(service)
    const load = await startLoad(programs.load, {
      ...order,
      seconds: sizes.overloadSeconds,
      connections: mostConnections,
      // Where there is no peak the run fails; what it shows is still worth seeing.
      rate: (Number.isNaN(peak) ? 100 : peak) * times,
      run: "over",
    })
    const calm = await secondsUntilCalm(service.url)
    say(`  ${times} times as much: ${JSON.stringify(load)}`)
    return {
      overloadPeak: peak,
      overloadOffered: load.sent / load.seconds / peak,
      overloadP99: load.acceptedP99,
      overloadGoodput: load.accepted / load.seconds / peak,
      overloadRefusedP99: load.refusedP99,
      overloadOdd: Object.values(load.odd).reduce((sum, count) => sum + count, 0),
      overloadMemory: memory.stop(),
      overloadHealth: greatest(await ping.stop()),
      overloadCalm: calm,
      overloadLag: load.lagP99,
    }
  })

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
