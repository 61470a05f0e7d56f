import {
  applySignals,
  type ContextDefinition,
  decodeContext,
  emptyContext,
  type Fields,
  type Millis,
  parseSignal,
  type View,
  view,
} from "@tellonce/core"
import type { FeedEvent } from "./follow-stream.ts"

/** The customer as the service has told of them, read by the service's clock. */
export interface LiveContext<F extends Fields> {
  /** Throws on a snapshot of another definition. */
  take(event: FeedEvent): void
  /** The fields this agent may not read. */
  withhold(fields: readonly string[]): void
  /** By the service's clock. */
  now(): Millis
  view(): View<F>
}

export const createLiveContext = <F extends Fields>(
  definition: ContextDefinition<F>,
  { clock, matter }: { readonly clock: () => Millis; readonly matter: string | undefined },
): LiveContext<F> => {
  let context = emptyContext(definition)
  let ahead: Millis = 0
  let reads: ReadonlySet<string> | undefined
  const now = () => clock() + ahead
  return {
    now,
    take({ name, body }) {
      if (typeof body.now === "number") {
        const told = body.now - clock()
        // What is read late, by a page that slept, only seems to say that the service's clock is behind.
        ahead = name === "signals" ? Math.max(ahead, told) : told
      }
      if (name === "reset") context = emptyContext(definition)
      if (name === "snapshot") context = decodeContext(definition, JSON.stringify(body.context))
      if (name === "signals" && Array.isArray(body.signals)) {
        const parsed = body.signals.map((signal) => parseSignal(definition as ContextDefinition, signal))
        context = applySignals(
          context,
          parsed.flatMap((one) => (one.ok ? [one.signal] : [])),
        )
      }
    },
    withhold(fields) {
      reads = new Set(Object.keys(definition.fields).filter((field) => !fields.includes(field)))
    },
    view: () => view(context, { now: now(), matter, reads }),
  }
}
