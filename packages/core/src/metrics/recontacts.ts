import type { Millis } from "../stamp.ts"
import { contacts, isAnswer } from "./contacts.ts"
import type { History } from "./history.ts"
import { matterCases } from "./matter-cases.ts"
import type { Case } from "./rate.ts"
import type { Thread } from "./thread.ts"

const week: Millis = 7 * 86_400_000

/**
 * Matters with a second customer contact within 7 days of the previous answer ÷ matters with a customer contact. The answer lies between
 * the two: what was told before the first contact answered nothing. `contactGap` as in `MetricsOptions`.
 */
export const recontacts = (history: History, contactGap: Millis = 0): readonly Case[] =>
  matterCases(history, (thread) => {
    const begun = contacts(thread, contactGap)
    if (begun.length === 0) return undefined
    return isTakenUpAgain(thread, new Set(begun)) ? 1 : 0
  })

const isTakenUpAgain = ({ signals }: Thread, begun: ReadonlySet<unknown>): boolean => {
  let contacted = false
  let answered: Millis | undefined
  for (const signal of signals) {
    if (begun.has(signal)) {
      if (answered !== undefined && signal.at - answered <= week) return true
      contacted = true
    } else if (contacted && isAnswer(signal)) answered = signal.at
  }
  return false
}
