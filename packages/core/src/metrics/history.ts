import { canonical, compareText } from "../canonical.ts"
import { compareSignals } from "../compare-signals.ts"
import type { ContextDefinition, Fields } from "../define-context.ts"
import type { LoggedSignal } from "../ports.ts"
import { groupBy } from "./group-by.ts"
import type { HeardSignal } from "./heard-signal.ts"
import { createLinkGraph } from "./link-graph.ts"
import { type Thread, toThread } from "./thread.ts"

/** A log made ready to be measured. Any order and any duplication of the same log gives the same history. */
export interface History {
  readonly definition: ContextDefinition
  /** Each once, by event time, then id. */
  readonly signals: readonly HeardSignal[]
  readonly threads: ReadonlyMap<string, Thread>
}

export const toHistory = <F extends Fields>(
  log: readonly LoggedSignal[],
  definition: ContextDefinition<F>,
): History => {
  const kept = once(log)
  const customerOf = customers(kept)
  const signals = kept.map((signal): HeardSignal => {
    const customer = customerOf(signal.key)
    return { ...signal, customer, thread: JSON.stringify([customer, signal.matter ?? null]) }
  })
  const threads = groupBy(signals, ({ thread }) => [thread])
  return { definition, signals, threads: new Map([...threads].map(([name, said]) => [name, toThread(name, said)])) }
}

type KeptSignal = Omit<HeardSignal, "customer" | "thread">

/** Of one id of one source and identity, what was kept first: the service drops or refuses the others. In order. */
const once = (log: readonly LoggedSignal[]): readonly KeptSignal[] => {
  const first = new Map<string, LoggedSignal>()
  for (const logged of log) {
    const id = JSON.stringify([logged.key, logged.signal.source, logged.signal.id])
    const before = first.get(id)
    if (before === undefined || compareReceipt(logged, before) < 0) first.set(id, logged)
  }
  return [...first.values()].map(({ key, received, signal }) => ({ ...signal, key, received })).sort(compareSignals)
}

const compareReceipt = (a: LoggedSignal, b: LoggedSignal): number =>
  a.received - b.received || a.seq - b.seq || compareText(canonical(a.signal), canonical(b.signal))

/** Names the customer of each identity, by the links that stand at the end of the log. */
const customers = (signals: readonly KeptSignal[]): ((key: string) => string) => {
  const links = createLinkGraph()
  for (const signal of signals) links.hear(signal)
  const names = new Map<string, string>()
  return (key) => {
    const known = names.get(key)
    if (known !== undefined) return known
    const keys = [...links.reach(key)].sort(compareText)
    const name = keys[0] ?? key
    for (const each of keys) names.set(each, name)
    return name
  }
}
