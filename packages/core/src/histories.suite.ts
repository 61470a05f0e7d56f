import * as z from "zod/mini"
import { applySignals } from "./apply-signals.ts"
import { emptyContext } from "./context.ts"
import { defineContext } from "./define-context.ts"
import { latest } from "./rules/latest.ts"
import { score } from "./rules/score.ts"
import type { Signal } from "./signal.ts"
import { type ViewOptions, view } from "./view.ts"

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** A shop's definition for the tests of what is read from a context. */
export const shop = defineContext({
  name: "shop",
  version: 1,
  fields: {
    intent: latest(z.enum(["browse", "buy", "return", "cancel"]), { freshFor: "30m" }),
    orderNumber: latest(z.string(), { scope: "matter", freshFor: "30d" }),
    orderStatus: latest(z.string(), { freshFor: "1h", keepFor: "1d", authority: ["record", "agent"] }),
    loyalty: latest(z.string()),
    frustration: score({ halfLife: "10m" }),
  },
})

let ids = 0

/** A statement of the customer in the web chat, unless told otherwise. */
export const said = (at: number, rest: Partial<Signal> = {}): Signal => ({
  id: `h${ids++}`,
  at,
  identity: { kind: "user", value: "1" },
  authority: "customer",
  channel: "web-chat",
  source: "page",
  ...rest,
})

export const contextOf = (...signals: readonly Signal[]) => applySignals(emptyContext(shop), signals)

export const seenAt = (now: number, signals: readonly Signal[], options: Partial<ViewOptions> = {}) =>
  view(contextOf(...signals), { now, ...options })
