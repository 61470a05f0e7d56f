import type { Signal, SignalEvent } from "../signal.ts"
import type { Millis } from "../stamp.ts"

export const second: Millis = 1_000
export const minute = 60 * second
export const day = 24 * 60 * minute

/** One thing that happens to Ada: id and time first, as stories are told by them. */
export const happens = (id: string, at: Millis, event: SignalEvent, more: Partial<Signal> = {}): Signal => ({
  id,
  at,
  identity: { kind: "user", value: "ada" },
  authority: "customer",
  channel: "web",
  source: "shop-page",
  event,
  ...more,
})

export const says = (id: string, at: Millis, text: string, more?: Partial<Signal>): Signal =>
  happens(id, at, { name: "message", text }, more)

export const answers = (id: string, at: Millis, more?: Partial<Signal>): Signal =>
  says(id, at, "On its way.", { authority: "agent", ...more })
