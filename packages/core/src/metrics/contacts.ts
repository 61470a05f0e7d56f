import { isEvent } from "../house-fields.ts"
import type { Signal } from "../signal.ts"
import type { Millis } from "../stamp.ts"
import type { HeardSignal } from "./heard-signal.ts"
import type { Thread } from "./thread.ts"

/** The messages that begin a contact: those of the customer that come at least `gap` after the customer's one before. */
export const contacts = ({ signals }: Thread, gap: Millis): readonly HeardSignal[] => {
  const messages = signals.filter(isContact)
  return messages.filter(({ at }, index) => at - (messages[index - 1]?.at ?? Number.NEGATIVE_INFINITY) >= gap)
}

const isContact = ({ event, authority }: Signal): boolean => authority === "customer" && isEvent(event, "message")

/** The company's word to the customer: a message, or something told. */
export const isAnswer = ({ event, authority }: Signal): boolean =>
  (authority === "agent" || authority === "bot" || authority === "record") && isEvent(event, "message", "told")
