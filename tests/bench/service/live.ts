/** From a signal posted to its arrival at a live reader, beside an SSE server that only echoes. */
import { spreadOf } from "../measure.ts"
import { startServer } from "./child.ts"
import { headers } from "./requests.ts"

const samples = 400
/** Rounds until the engine has compiled what is in use, here and in both servers. */
const warmUps = 15

/** p95 of ours ÷ p95 of the echo. */
export const liveP95VsEcho = async (rounds: number, say: (line: string) => unknown): Promise<number> => {
  const [echo, ours] = [await startServer("echo"), await startServer("ours")]
  const ratios: number[] = []
  for (let round = -warmUps; round < rounds; round++) {
    const floor = await p95Of(`${echo.url}/`, `${echo.url}/`)
    const time = await p95Of(
      `${ours.url}/v1/stream?identity=user:live-${round}`,
      `${ours.url}/v1/signals`,
      `live-${round}`,
    )
    if (round < 0) continue
    say(`  live p95: echo ${floor.toFixed(2)} ms, ours ${time.toFixed(2)} ms`)
    ratios.push(time / floor)
  }
  echo.stop()
  ours.stop()
  return spreadOf(ratios).median
}

/** Milliseconds within which 95 of 100 signals arrive: one at a time, so that the delay is the service's and no queue's. */
const p95Of = async (stream: string, post: string, customer = "live"): Promise<number> => {
  const abort = new AbortController()
  const response = await fetch(stream, { headers, signal: abort.signal })
  const arrivals = listen(response)
  const delays: number[] = []
  for (let sample = 0; sample < samples; sample++) {
    const id = `live-${customer}-${sample}-${Date.now()}`
    const arrived = arrivals.when(id)
    const began = performance.now()
    const sent = await fetch(post, {
      method: "POST",
      headers,
      body: JSON.stringify({ signals: [signalOf(id, customer)] }),
    })
    await sent.text()
    await arrived
    delays.push(performance.now() - began)
  }
  abort.abort()
  return delays.sort((a, b) => a - b)[Math.floor(samples * 0.95)] ?? Number.NaN
}

const signalOf = (id: string, customer: string) => ({
  id,
  at: Date.now(),
  identity: { kind: "user", value: customer },
  authority: "customer",
  channel: "web-chat",
  source: "page",
  facts: { field1: 7 },
})

/** Hears when a text has come by. */
const listen = (response: Response) => {
  let wanted: { readonly id: string; readonly resolve: () => void } | undefined
  const decoder = new TextDecoder()
  const read = async () => {
    let heard = ""
    for await (const chunk of response.body ?? []) {
      heard = (heard + decoder.decode(chunk, { stream: true })).slice(-20_000)
      if (wanted && heard.includes(wanted.id)) wanted.resolve()
    }
  }
  read().catch(() => undefined)
  return {
    when: (id: string) =>
      new Promise<void>((resolve) => {
        wanted = { id, resolve }
      }),
  }
}
