import { count, defineContext, latest } from "@tellonce/core"
import { createMemoryPort } from "@tellonce/testing"
import * as z from "zod/mini"
import { createTellonceHooks } from "./create-tellonce-hooks.ts"

export const shop = defineContext({
  name: "shop",
  version: 1,
  fields: {
    orderNumber: latest(z.string(), { ask: "What is your order number?" }),
    intent: latest(z.enum(["browse", "return"]), { freshFor: "30m" }),
    guests: latest(z.number(), { scope: "matter" }),
    person: latest(z.object({ age: z.number() })),
    errors: count({ window: "10m" }),
  },
})

export const hooks = createTellonceHooks(shop)

export const minute = 60_000

/** A port over the real engine, a clock to turn, and a schedule to call. It counts who listens. */
export const createShop = () => {
  let now = 1_000_000
  const port = createMemoryPort({ definition: shop, now: () => now })
  const ticks = new Set<() => void>()
  let listeners = 0
  return {
    port: {
      ...port,
      subscribe(listener: Parameters<typeof port.subscribe>[0]) {
        const stop = port.subscribe(listener)
        listeners++
        return () => {
          listeners--
          stop()
        }
      },
    },
    listening: () => listeners + ticks.size,
    schedule(again: () => void) {
      ticks.add(again)
      return () => void ticks.delete(again)
    },
    pass(time: number) {
      now += time
      for (const again of ticks) again()
    },
  }
}

/** The same as a client: not there at once, in reach or not, closed in the end. */
export const createRemoteShop = () => {
  const local = createShop()
  const watchers = new Set<() => void>()
  let connection = "connecting"
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const log: string[] = []
  return {
    ...local,
    log,
    port: {
      ...local.port,
      ready: () => arrived,
      status: () => ({ connection }),
      on(_event: "status", listener: () => void) {
        watchers.add(listener)
        return () => void watchers.delete(listener)
      },
      close: () => void log.push("closed"),
    },
    arrive,
    connection(next: string) {
      connection = next
      for (const watcher of watchers) watcher()
    },
  }
}
