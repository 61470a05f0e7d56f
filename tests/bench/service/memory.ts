/** A batch of 20 taken in over HTTP and merged in memory, beside a server that only parses it. */
import { Agent, request } from "node:http"
import { spreadOf } from "../measure.ts"
import { type ServerProcess, startServer } from "./child.ts"
import { bodiesOf, headers } from "./requests.ts"

const requests = 1_500
const connections = 4

/** Raw ÷ ours in processor time of the server a batch, the median of per-round ratios: preemption by others does not count. */
export const memoryVsRaw = async (rounds: number, say: (line: string) => unknown): Promise<number> => {
  const [raw, ours] = [await startServer("raw"), await startServer("ours")]
  const ratios: number[] = []
  for (let round = -2; round < rounds; round++) {
    const bodies = bodiesOf(requests, `${round}`)
    const floor = await microsOf(raw, bodies)
    const time = await microsOf(ours, bodies)
    if (round < 0) continue
    say(`  a batch of 20: raw ${floor.toFixed(0)} µs, ours ${time.toFixed(0)} µs of processor time`)
    ratios.push(floor / time)
  }
  raw.stop()
  ours.stop()
  return spreadOf(ratios).median
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
