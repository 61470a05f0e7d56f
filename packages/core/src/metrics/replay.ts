import { applySignals } from "../apply-signals.ts"
import { type Context, emptyContext, joinContexts } from "../context.ts"
import type { ContextDefinition } from "../define-context.ts"
import type { HeardSignal } from "./heard-signal.ts"
import { createLinkGraph } from "./link-graph.ts"

/** The contexts as they were: fed in order, it knows what was known then, through the links that stood then. */
export interface Replay {
  hear(signal: HeardSignal): void
  /** What is known of the customer behind this identity, by all that was heard so far. */
  context(key: string): Context
}

export const createReplay = (definition: ContextDefinition): Replay => {
  const links = createLinkGraph()
  const contexts = new Map<string, Context>()
  // Applied when somebody asks: most signals are followed by another one, not by a question.
  const waiting = new Map<string, HeardSignal[]>()
  const own = (key: string): Context => {
    const context = applySignals(contexts.get(key) ?? emptyContext(definition), waiting.get(key) ?? [])
    waiting.delete(key)
    contexts.set(key, context)
    return context
  }
  return {
    hear(signal) {
      links.hear(signal)
      const queue = waiting.get(signal.key)
      if (queue) queue.push(signal)
      else waiting.set(signal.key, [signal])
    },
    context: (key) => links.reach(key).map(own).reduce(joinContexts),
  }
}
