import {
  applySignals,
  type ContextDefinition,
  type ContextPort,
  emptyContext,
  type Fields,
  type Identity,
  parseSignal,
  type Refusal,
  type Signal,
  type Statement,
  type View,
  view,
} from "@tellonce/core"

export interface MemoryPort<F extends Fields> extends ContextPort<F> {
  /** All that was recorded and admitted, in order. */
  readonly signals: readonly Signal[]
  /** Why the others were not. */
  readonly refused: readonly Refusal[]
}

/** One customer's context in memory, over the real engine: what an adapter is tested with. `now` is the test's clock. */
export const createMemoryPort = <F extends Fields>(options: {
  readonly definition: ContextDefinition<F>
  readonly now: () => number
  readonly identity?: Identity | undefined
}): MemoryPort<F> => {
  const { definition, now, identity = { kind: "anonymous", value: "visitor-1" } } = options
  const listeners = new Set<(view: View<F>) => void>()
  const signals: Signal[] = []
  const refused: Refusal[] = []
  let context = emptyContext(definition)
  const read = () => view(context, { now: now() })
  const record = (statement: Statement) => {
    const number = signals.length + refused.length + 1
    const filled = { id: `memory-${number}`, at: now(), identity, source: "test", authority: "customer", ...statement }
    const parsed = parseSignal(definition as ContextDefinition, filled)
    if (!parsed.ok) {
      refused.push(parsed)
      return
    }
    signals.push(parsed.signal)
    context = applySignals(context, [parsed.signal])
    for (const listener of [...listeners]) listener(read())
  }
  return {
    record,
    view: read,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    signals,
    refused,
  }
}
