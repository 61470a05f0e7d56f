/** From a statement in one page to the view of another, as half of the way there and back: two clocks are never compared. */
import type { Page } from "playwright-core"
import { spreadOf } from "../measure.ts"

export interface Latency {
  /** Milliseconds. */
  readonly p50: number
  readonly p95: number
}

export const measureLatency = async (here: Page, there: Page, samples: number): Promise<Latency> => {
  const run = Math.random().toString(36).slice(2)
  // Every ping is looked for, not the newest statement alone: two pages know the time to a few milliseconds.
  await there.evaluate(`(() => {
    const { client } = window.tellonce
    const answered = new Set()
    client.subscribe((view) => {
      for (const said of view.viewed.value ?? []) {
        if (!said.startsWith("ping ${run}") || answered.has(said)) continue
        answered.add(said)
        client.tell({ viewed: said.replace("ping", "pong") }, { channel: "page" })
      }
    })
  })()`)
  const ways = (await here.evaluate(`(async () => {
    const { client } = window.tellonce
    const ways = []
    for (let sample = 0; sample < ${samples}; sample++) {
      const back = "pong ${run} " + sample
      const arrived = new Promise((resolve) => {
        const off = client.subscribe((view) => {
          if (view.viewed.value?.includes(back)) { off(); resolve() }
        })
      })
      const began = performance.now()
      client.tell({ viewed: "ping ${run} " + sample }, { channel: "page" })
      await arrived
      ways.push((performance.now() - began) / 2)
    }
    return ways
  })()`)) as readonly number[]
  const sorted = [...ways].sort((a, b) => a - b)
  return { p50: spreadOf(ways).median, p95: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN }
}
