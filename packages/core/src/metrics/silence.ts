import { isEvent } from "../house-fields.ts"
import type { HouseEventName } from "../signal.ts"
import type { Millis } from "../stamp.ts"
import { contacts } from "./contacts.ts"
import type { History } from "./history.ts"
import { matterCases } from "./matter-cases.ts"
import type { Case } from "./rate.ts"
import type { Thread } from "./thread.ts"

export interface SilenceOptions {
  /** What disturbed a matter: the cases of repeated questions, hitches and conflicts. */
  readonly disturbances: readonly Case[]
  /** As in `MetricsOptions`. */
  readonly contactGap?: Millis
}

/** Matters settled with exactly one contact, no repeated question, no hitch and no conflict ÷ settled matters. */
export const silence = (history: History, { disturbances, contactGap = 0 }: SilenceOptions): readonly Case[] => {
  const disturbed = new Set(disturbances.filter(({ count }) => count > 0).map(({ thread }) => thread))
  return matterCases(history, (thread) => {
    if (!isSettled(thread)) return undefined
    return contacts(thread, contactGap).length === 1 && !disturbed.has(thread.name) ? 1 : 0
  })
}

/** As a view reads it: the last closing is not older than the last opening. */
const isSettled = (thread: Thread): boolean => {
  const closed = lastTime(thread, "closed")
  return closed !== undefined && closed >= (lastTime(thread, "opened") ?? 0)
}

const lastTime = ({ signals }: Thread, name: HouseEventName): Millis | undefined =>
  signals.filter(({ event }) => isEvent(event, name)).at(-1)?.at
