import { defineContext, emptyContext, encodeContext, latest } from "@tellonce/core"
import { expect, it } from "vitest"
import * as z from "zod/mini"
import { createLiveContext } from "./live-context.ts"

const definition = defineContext({ name: "shop", version: 1, fields: { city: latest(z.string(), {}) } })
const minute = 60_000

it("news that a sleeping page reads late do not turn the service's clock back; a new connection sets it", () => {
  let time = 0
  const live = createLiveContext(definition, { clock: () => time, matter: undefined })
  const context: unknown = JSON.parse(encodeContext(emptyContext(definition)))
  live.take({ name: "snapshot", body: { now: 5 * minute, context } })
  expect(live.now()).toBe(5 * minute)
  time = 30 * minute
  live.take({ name: "signals", body: { now: 6 * minute, signals: [] } })
  expect(live.now()).toBe(35 * minute)
  live.take({ name: "signals", body: { now: 36 * minute, signals: [] } })
  expect(live.now()).toBe(36 * minute)
  live.take({ name: "snapshot", body: { now: 30 * minute, context } })
  expect(live.now()).toBe(30 * minute)
})
