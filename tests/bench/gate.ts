// What one hostile request costs everyone else: the service answers in this process, the senders are in it, too, so a figure here is at
// least what the service alone would show.
import { setTimeout as wait } from "node:timers/promises"
import { count, defineContext, latest } from "@tellonce/core"
import { createMemoryStore, createTellonce, serve } from "@tellonce/node"
import * as z from "zod"
import { gateSignal, hostileBodies, toBody } from "./hostile-bodies.ts"

const keys = { publishable: "pk_for-the-bench", secret: "sk_for-the-bench-alone" }
const context = defineContext({
  name: "shop",
  version: 1,
  fields: { note: latest(z.string()), anything: latest(z.json()), errors: count({ window: "1h" }) },
})
const tellonce = createTellonce({ context, keys, store: createMemoryStore(), log: false })
const served = await serve(tellonce)

const send = async (body: string | Uint8Array) => {
  const response = await fetch(`${served.url}/v1/signals`, {
    method: "POST",
    body: body as BodyInit,
    headers: {
      authorization: `Bearer ${keys.secret}`,
      ...(typeof body === "string" ? {} : { "content-encoding": "gzip" }),
    },
  })
  const answer = (await response.json()) as { error?: { code: string }; results?: { status: string; code?: string }[] }
  const result = answer.results?.[0]
  return `${response.status} ${answer.error?.code ?? result?.code ?? result?.status}`
}

/** Wants to run each 10 ms; `stop` answers by how much it was late at the worst. */
const startPing = () => {
  let last = performance.now()
  let latest = 0
  const timer = setInterval(() => {
    const now = performance.now()
    latest = Math.max(latest, now - last - 10)
    last = now
  }, 10)
  return {
    stop() {
      clearInterval(timer)
      return latest
    },
  }
}

// Compiled code is what everybody meets but the first caller.
for (let round = 0; round < 5; round++) {
  await send(
    toBody(Array.from({ length: 100 }, (_, at) => gateSignal(10_000 + round * 100 + at, { facts: { errors: 1 } }))),
  )
}

const results = []
for (const [name, body] of Object.entries(hostileBodies())) {
  await wait(50)
  const ping = startPing()
  await wait(30)
  const began = performance.now()
  const answer = await send(body)
  const answered = performance.now() - began
  await wait(30)
  results.push({ name, answer, answeredMs: Math.round(answered), longestBlockMs: Math.round(ping.stop()) })
}
await served.stop()

if (process.argv.includes("--json")) console.log(JSON.stringify({ results }))
else console.table(results)
process.exitCode = results.every(({ longestBlockMs }) => longestBlockMs <= 100) ? 0 : 1
