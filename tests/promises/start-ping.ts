import { openConnection, toRequest } from "./connection.ts"
import { wait } from "./setup.ts"
import { headersOf } from "./shop.ts"

/** Asks for health at a steady pace over a connection of its own; `stop` answers how long each answer took, this process's lag left out. */
export const startPing = (port: number, every: number) => {
  const times: number[] = []
  let stopped = false
  const run = async () => {
    let connection = openConnection(port)
    const request = toRequest("GET", "/healthz", { headers: headersOf() })
    while (!stopped) {
      if (!connection.isOpen()) connection = openConnection(port)
      const began = performance.now()
      const answer = await connection.send(request).catch(() => undefined)
      times.push(answer?.status === 200 ? answer.ms : Number.POSITIVE_INFINITY)
      await wait(Math.max(0, every - (performance.now() - began)))
    }
    connection.close()
  }
  const done = run()
  return {
    async stop(): Promise<readonly number[]> {
      stopped = true
      await done
      return times
    },
  }
}
