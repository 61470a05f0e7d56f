/** P21: no input, hostile or merely large, keeps the others waiting or fills the memory. */
import { execFileSync } from "node:child_process"
import { hostileBodies } from "../bench/hostile-bodies.ts"
import { openConnection, toRequest } from "./connection.ts"
import { hostileRequests } from "./hostile-requests.ts"
import type { Figures } from "./limits.ts"
import { post } from "./post.ts"
import { type Setup, wait, withService } from "./setup.ts"
import { headersOf, signalOf } from "./shop.ts"
import { greatest } from "./spread.ts"
import { startPing } from "./start-ping.ts"
import { watchMemory } from "./watch-memory.ts"

export const measureHostile = (setup: Setup): Promise<Figures> =>
  withService(setup, async (service) => {
    const inputs = [...Object.entries(hostileBodies()).map(toInput), ...Object.entries(hostileRequests())]
    // Compiled code is what everybody meets but the first caller.
    for (let round = 0; round < 300; round++) await post(service.url, [signalOf("warm"), signalOf("warm")])
    const before = service.memory()
    const waits: number[] = []
    const memory = watchMemory(service)
    for (const [name, bytes] of inputs) {
      const ping = startPing(service.port, 10)
      await wait(60)
      const heard = await sendRaw(service.port, bytes)
      await wait(60)
      const longest = greatest(await ping.stop())
      setup.say(`  ${name}: ${heard}, health at most ${longest.toFixed(0)} ms, ${service.memory().toFixed(0)} MB`)
      waits.push(longest)
    }
    return {
      hostileWait: greatest(waits),
      hostileMemory: memory.stop() - before,
      ...(setup.sizes.mails && { hostileMail: longestMail(setup) }),
    }
  })

const toInput = ([name, body]: [string, string | Uint8Array]): [string, Buffer] => {
  const packed = typeof body === "string" ? {} : { "content-encoding": "gzip" }
  const headers = { ...headersOf(), ...packed }
  return [name, toRequest("POST", "/v1/signals", { headers, body: Buffer.from(body) })]
}

/** The status, or that there was none within two seconds. */
const sendRaw = async (port: number, bytes: Buffer): Promise<string> => {
  const connection = openConnection(port)
  const answer = connection.send(bytes).then(
    ({ status }) => String(status),
    () => "cut off",
  )
  const heard = await Promise.race([answer, wait(2_000).then(() => "no answer")])
  connection.close()
  return heard
}

const longestMail = ({ programs, say }: Setup): number => {
  const blocks = JSON.parse(execFileSync(process.execPath, [programs.mail], { encoding: "utf8" })) as Record<
    string,
    number
  >
  say(`  mails, ms the loop was held up: ${JSON.stringify(blocks)}`)
  return greatest(Object.values(blocks))
}
