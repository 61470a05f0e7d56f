import * as z from "zod/mini"
import { defineContext } from "../define-context.ts"
import { identityKey } from "../identity.ts"
import type { LoggedSignal } from "../ports.ts"
import { latest } from "../rules/latest.ts"
import type { Signal } from "../signal.ts"
import type { Millis } from "../stamp.ts"

export const minute: Millis = 60_000
export const hour = 60 * minute
export const day = 24 * hour

export const shop = defineContext({
  name: "shop",
  version: 1,
  fields: {
    fullName: latest(z.string()),
    orderNumber: latest(z.string(), { scope: "matter" }),
    orderStatus: latest(z.string(), { scope: "matter", authority: ["record"] }),
    mood: latest(z.string(), { freshFor: "30m" }),
    loyaltyTier: latest(z.string()),
  },
})

/** What a story says of a signal; the rest follows from its place in the story. */
export type Line = Partial<Signal> & { readonly at: Millis; readonly lag?: Millis }

/** A story as the log holds it: ids and places in the log by order, everything heard at once unless a `lag` says otherwise. */
export const logOf = (lines: readonly Line[]): readonly LoggedSignal[] =>
  lines.map(({ lag = 0, ...line }, index) => {
    const signal: Signal = {
      id: `s${String(index).padStart(3, "0")}`,
      identity: { kind: "user", value: "ada" },
      authority: "customer",
      channel: "web-chat",
      source: "page",
      ...line,
    }
    return { seq: index + 1, key: identityKey(signal.identity), received: signal.at + lag, signal }
  })

const message = (text: string) => ({ name: "message", text }) as const

/** A customer writes. */
export const writes = (at: Millis, matter?: string, more: Partial<Line> = {}): Line => ({
  at,
  matter,
  event: message("Where is it?"),
  ...more,
})

/** The company answers, through the agent Bo unless told. */
export const answers = (at: Millis, matter?: string, more: Partial<Line> = {}): Line => ({
  at,
  matter,
  authority: "agent",
  speaker: "bo",
  event: message("On its way."),
  ...more,
})

export const asks = (at: Millis, fields: readonly string[], more: Partial<Line> = {}): Line => ({
  at,
  authority: "bot",
  event: { name: "asked", fields },
  ...more,
})

export const tells = (at: Millis, facts: Readonly<Record<string, string>>, more: Partial<Line> = {}): Line => ({
  at,
  authority: "bot",
  event: { name: "told", facts },
  ...more,
})

export const opens = (at: Millis, matter: string): Line => ({
  at,
  matter,
  authority: "record",
  event: { name: "opened" },
})
export const closes = (at: Millis, matter: string): Line => ({
  at,
  matter,
  authority: "record",
  event: { name: "closed" },
})
