import { defineContext, latest, recent, set } from "@tellonce/core"
import { createFakeService, type FakeService } from "@tellonce/testing/fake-service"
import { setupServer } from "msw/node"
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest"
import * as z from "zod/mini"
import { createClient } from "./client.ts"
import type { ClientOptions, ContextClient } from "./client-options.ts"
import type { Clock } from "./page/clock.ts"

/** What the client's tests share: a shop, the fake service on the wire, and clocks that obey. */
export const shop = defineContext({
  name: "acme",
  version: 1,
  fields: {
    orderNumber: latest(z.string(), { scope: "matter", ask: "What is your order number?" }),
    intent: latest(z.enum(["browse", "buy", "return"])),
    viewed: recent(z.string(), { keep: 20 }),
    tags: set(z.string()),
  },
})

export type ShopFields = (typeof shop)["fields"]

export const url = "https://context.example.com/api"
export const ada = { kind: "email", value: "ada@example.com" }

const server = setupServer()
const open: ContextClient<ShopFields>[] = []

/** The fake service of the running test. */
export let service: FakeService<ShopFields>
export const onRequest = (listener: (request: Request) => void) =>
  server.events.on("request:start", ({ request }) => listener(request))

export const useBench = () => {
  beforeAll(() => server.listen({ onUnhandledRequest: "error" }))
  beforeEach(() => {
    service = createFakeService(shop, { url })
    server.use(...service.handlers)
  })
  afterEach(() => {
    for (const client of open.splice(0)) client.close()
    service.cut()
    server.events.removeAllListeners()
    server.resetHandlers()
    vi.unstubAllGlobals()
  })
  afterAll(() => server.close())
}

export const openClient = (options: Partial<ClientOptions<ShopFields>> = {}) => {
  const client = createClient({ context: shop, url, key: "pk_test", clock: createHastyClock(), ...options })
  open.push(client)
  return client
}

/** Real time, but back-off takes none. Watching for silence still waits. */
export const createHastyClock = (): Clock & { readonly waits: number[] } => {
  const waits: number[] = []
  return {
    waits,
    wall: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: (ms, signal) => {
      if (ms < 45_000) waits.push(ms)
      return new Promise((resolve) => {
        if (ms < 45_000) setTimeout(resolve, 1)
        signal.addEventListener("abort", () => resolve(), { once: true })
      })
    },
  }
}

export interface ManualClock extends Required<Clock> {
  /** Time passes. */
  advance(ms: number): void
  /** Someone sets the wall clock. */
  jump(ms: number): void
  /** How long each sleeper still has to wait. */
  sleepers(): readonly number[]
}

export const createManualClock = (start = 1_790_000_000_000): ManualClock => {
  let elapsed = 0
  let jumped = 0
  const sleeping = new Set<{ readonly until: number; readonly wake: () => void }>()
  return {
    wall: () => start + elapsed + jumped,
    monotonic: () => elapsed,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = {
          until: elapsed + ms,
          wake: () => {
            sleeping.delete(sleeper)
            resolve()
          },
        }
        sleeping.add(sleeper)
        signal.addEventListener("abort", sleeper.wake, { once: true })
      }),
    advance(ms) {
      elapsed += ms
      for (const { until, wake } of [...sleeping]) if (until <= elapsed) wake()
    },
    jump(ms) {
      jumped += ms
    },
    sleepers: () => [...sleeping].map(({ until }) => until - elapsed),
  }
}
