import { isEvent } from "../house-fields.ts"
import type { Signal } from "../signal.ts"
import type { HeardSignal } from "./heard-signal.ts"

/** What one customer and the company said and did in one matter; or outside of any, where `matter` is undefined. */
export interface Thread {
  readonly name: string
  readonly matter: string | undefined
  /** By event time, then id. */
  readonly signals: readonly HeardSignal[]
  /** Where it was spoken: messages, questions and answers. */
  readonly channels: readonly string[]
  /** Who spoke for the company in it. */
  readonly agents: readonly string[]
  /** Whose holds were placed in it. */
  readonly owners: readonly string[]
}

export const toThread = (name: string, signals: readonly HeardSignal[]): Thread => {
  const spoken = signals.filter(({ event }) => isEvent(event, "message", "asked", "told"))
  return {
    name,
    matter: signals[0]?.matter,
    signals,
    channels: distinct(spoken.map(({ channel }) => channel)),
    agents: distinct(spoken.flatMap(agentOf)),
    owners: distinct(signals.flatMap(({ event }) => (isEvent(event, "held") ? [event.owner] : []))),
  }
}

/** Who spoke for the company, if it was somebody with a name. */
export const agentOf = ({ authority, speaker }: Signal): readonly string[] =>
  authority === "customer" || speaker === undefined ? [] : [speaker]

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)]
