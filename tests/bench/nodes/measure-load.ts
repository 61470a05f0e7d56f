import { setTimeout as pause } from "node:timers/promises"
import type { Millis } from "@tellonce/core"
import { headersOf } from "../../promises/shop.ts"
import { percentile } from "../../promises/spread.ts"
import { secret } from "../../torture/torture-context.ts"

export interface LoadFigures {
  readonly signalsPerSecond: number
  /** Of a request, in milliseconds. */
  readonly p50: Millis
  readonly p99: Millis
  /** Requests that a node put off, because it had too many under way. */
  readonly busy: number
}

export interface MeasuredLoad {
  readonly urls: readonly string[]
  readonly customers: number
  readonly nameOf: (number: number) => string
  readonly seconds: number
}

const writers = 16
const perRequest = 20

/** Signals of customers picked at random, in requests of twenty, from writers that share the nodes evenly. */
export const measureLoad = async ({ urls, customers, nameOf, seconds }: MeasuredLoad): Promise<LoadFigures> => {
  const times: number[] = []
  let busy = 0
  const began = performance.now()
  const end = began + seconds * 1_000
  const write = async (writer: number) => {
    const url = `${urls[writer % urls.length]}/v1/signals`
    for (let sent = performance.now(); sent < end; sent = performance.now()) {
      const signals = Array.from({ length: perRequest }, () => signalOf(nameOf(Math.floor(Math.random() * customers))))
      const body = JSON.stringify({ signals })
      // A node that is asked for more than it can says so; what is measured then is until it has kept it.
      while (!(await isKept(url, body))) busy++
      times.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
  const lasted = (performance.now() - began) / 1_000
  return {
    signalsPerSecond: Math.round((times.length * perRequest) / lasted),
    p50: Math.round(percentile(times, 0.5)),
    p99: Math.round(percentile(times, 0.99)),
    busy,
  }
}

const isKept = async (url: string, body: string): Promise<boolean> => {
  const response = await fetch(url, { method: "POST", headers: headersOf(secret), body })
  const answer = await response.text()
  if (response.ok && !answer.includes('"rejected"')) return true
  if (response.status !== 503) throw new Error(`A node refuses: ${answer.slice(0, 200)}`)
  await pause(20)
  return false
}

let made = 0

export const signalOf = (customer: string) => ({
  id: `b${process.pid}-${made++}`,
  at: Date.now(),
  identity: { kind: "user", value: customer },
  authority: "customer",
  channel: "web",
  source: "bench",
  facts: { city: `City ${made % 100}`, viewed: `/products/${made % 1_000}` },
})
