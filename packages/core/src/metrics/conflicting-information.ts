import { canonical } from "../canonical.ts"
import { isEvent } from "../house-fields.ts"
import { createAnchors } from "./anchors.ts"
import type { History } from "./history.ts"
import { matterCases } from "./matter-cases.ts"
import type { Case } from "./rate.ts"

/**
 * Pairs of `told` for one field in one matter with different values and no change of the record's value in between ÷ matters with a
 * `told`. A matter may hold many pairs, so this rate can exceed 1. The record's first value is a change: from unknown.
 */
export const conflictingInformation = (history: History): readonly Case[] => {
  const anchors = createAnchors(history.definition)
  const told = new Map<string, Told>()
  const pairs = new Map<string, number>()
  for (const signal of history.signals) {
    anchors.hear(signal)
    if (!isEvent(signal.event, "told")) continue
    const facts = Object.entries(signal.event.facts)
    const found = facts.map(([field, value]) => {
      // A change of the record begins a new register, so only what was told between two changes is compared.
      const register = JSON.stringify([signal.thread, field, anchors.version(field, signal)])
      const before = told.get(register) ?? { times: 0, byValue: new Map() }
      told.set(register, before)
      return contradicted(before, canonical(value))
    })
    pairs.set(signal.thread, (pairs.get(signal.thread) ?? 0) + found.reduce((sum, each) => sum + each, 0))
  }
  return matterCases(history, ({ name }) => pairs.get(name))
}

/** How often something was told, and how often as each value. */
interface Told {
  times: number
  readonly byValue: Map<string, number>
}

/** How many of those before said something else. Counts this one in. */
const contradicted = (before: Told, value: string): number => {
  const same = before.byValue.get(value) ?? 0
  const others = before.times - same
  before.times += 1
  before.byValue.set(value, same + 1)
  return others
}
