/** A batch of 20 taken in over HTTP, beside a server that only parses it: validated and merged, and by the whole service. */
import { Agent, request } from "node:http"
import { spreadOf } from "../measure.ts"
import { type ServerProcess, startServer } from "./child.ts"
import { bodiesOf, headers } from "./requests.ts"

const requests = 1_500
const connections = 4
/** Rounds until the engine has compiled what is in use. */
const warmUps = 4

/** Raw ÷ ours in processor time of the server a batch, each the median of per-round ratios: preemption by others does not count. */
export interface MemoryRatios {
  /** Parsed, validated and applied in memory: what is left when nothing is kept, checked or counted. */
  readonly memoryVsRaw: number
  /** All that the service does for it, over a store in memory: who calls, consent, duplicates, the audit trail, an answer a signal. */
  readonly serviceVsRaw: number
}

export const memoryRatios = async (rounds: number, say: (line: string) => unknown): Promise<MemoryRatios> => {
  const [raw, merged, ours] = [await startServer("raw"), await startServer("merged"), await startServer("ours")]
  const ratios: { readonly memory: number; readonly service: number }[] = []
  for (let round = -warmUps; round < rounds; round++) {
    const bodies = bodiesOf(requests, `${round}`)
    const floor = await microsOf(raw, bodies)
    const [merging, serving] = [await microsOf(merged, bodies), await microsOf(ours, bodies)]
    if (round < 0) continue
    const times = [floor, merging, serving].map((time) => time.toFixed(0))
    say(`  a batch of 20: raw ${times[0]} µs, merged ${times[1]} µs, the service ${times[2]} µs of processor time`)
    ratios.push({ memory: floor / merging, service: floor / serving })
  }
  for (const server of [raw, merged, ours]) server.stop()
  return {
    memoryVsRaw: spreadOf(ratios.map(({ memory }) => memory)).median,
    serviceVsRaw: spreadOf(ratios.map(({ service }) => service)).median,
  }
}

const microsOf = async (server: ServerProcess, bodies: readonly string[]): Promise<number> => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const before = await server.cpu()
  let next = 0
  const lane = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) await post(server.url, body, agent)
  }
  await Promise.all(Array.from({ length: connections }, lane))
  const micros = (await server.cpu()) - before
  agent.destroy()
  return micros / bodies.length
}

/** Throws for any answer but 200: a refused batch is no work. */
const post = (url: string, body: string, agent: Agent): Promise<void> =>
  new Promise((resolve, reject) => {
    const call = request(`${url}/v1/signals`, { method: "POST", agent, headers }, (response) => {
      response.resume()
      response.on("end", () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`answered ${response.statusCode}`)),
      )
    })
    call.on("error", reject)
    call.end(body)
  })
