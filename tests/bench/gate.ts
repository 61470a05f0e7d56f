// What one hostile request costs everyone else: the service answers in this process, the senders are in it, too, so a figure here is at
// least what the service alone would show.
import { setTimeout as wait } from "node:timers/promises"
import { gzipSync } from "node:zlib"
import { count, defineContext, latest } from "@tellonce/core"
import { createMemoryStore, createTellonce, serve } from "@tellonce/node"
import * as z from "zod"

const keys = { publishable: "pk_for-the-bench", secret: "sk_for-the-bench-alone" }
const context = defineContext({
  name: "shop",
  version: 1,
  fields: { note: latest(z.string()), anything: latest(z.json()), errors: count({ window: "1h" }) },
})
const tellonce = createTellonce({ context, keys, store: createMemoryStore(), log: false })
const served = await serve(tellonce)

const signal = (at: number, rest: object = {}) => ({
  id: `g${at}`,
  at: Date.now(),
  identity: { kind: "email", value: `g${at}@example.com` },
  authority: "customer",
  channel: "web-chat",
  source: "bench",
  ...rest,
})
const signals = (list: unknown) => JSON.stringify({ signals: list })
const wide = (width: number) => Object.fromEntries(Array.from({ length: width }, (_, at) => [`k${at}`, at]))
const digits = Array.from({ length: 45_000 }, (_, at) => `"${at * 65_536}":1`).join()

const hostile: Readonly<Record<string, string | Uint8Array>> = {
  "nest of 500,000 lists": `{"signals":[${"[".repeat(500_000)}${"]".repeat(500_000)}]}`,
  "nest of 20,000 lists, small": `{"signals":[${"[".repeat(20_000)}${"]".repeat(20_000)}]}`,
  "100,000 keys": `{"signals":[${JSON.stringify(wide(75_000))}]}`,
  "45,000 keys": `{"signals":[${JSON.stringify(wide(45_000))}]}`,
  "45,000 number keys": `{"signals":[{${digits}}]}`,
  "text of 1 MB": signals(["x".repeat(1_000_000)]),
  "500 texts of 2 kB": signals(
    Array.from({ length: 500 }, (_, at) => signal(at, { facts: { note: "x".repeat(1_900) } })),
  ),
  "500 signals of 80 members": signals(
    Array.from({ length: 500 }, (_, at) => signal(at + 500, { facts: { anything: wide(80) } })),
  ),
  "500 signals": signals(Array.from({ length: 500 }, (_, at) => signal(at + 1_000, { facts: { errors: 1 } }))),
  "gzip bomb of 500 MB": gzipSync(Buffer.alloc(500_000_000, "[")),
  "gzip of 8 MB of texts": gzipSync(signals(Array.from({ length: 120 }, () => "x".repeat(65_000)))),
  "gzip of 45,000 long keys": gzipSync(
    `{"signals":[{${Array.from({ length: 45_000 }, (_, at) => `"${"y".repeat(150)}${at}":1`).join()}}]}`,
  ),
}

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
    signals(Array.from({ length: 100 }, (_, at) => signal(10_000 + round * 100 + at, { facts: { errors: 1 } }))),
  )
}

const results = []
for (const [name, body] of Object.entries(hostile)) {
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
