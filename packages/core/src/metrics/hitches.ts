import { compareSignals } from "../compare-signals.ts"
import { isEvent } from "../house-fields.ts"
import { groupBy } from "./group-by.ts"
import type { HeardSignal } from "./heard-signal.ts"
import type { History } from "./history.ts"
import type { Case } from "./rate.ts"

/**
 * Accepted handoffs after which a briefed field was asked again ÷ accepted handoffs. Accepted: it was handed over, and the newest reply
 * is `taken`. An ask counts when it comes after that, in the handoff's matter or in none; by whom and in which channel does not matter.
 * A handoff counts for the channel it was taken in and for who took it: the speaker, else whom it was handed to.
 */
export const hitches = ({ signals, threads }: History): readonly Case[] => {
  const asks = groupBy(
    signals.filter(({ event }) => isEvent(event, "asked")),
    ({ customer }) => [customer],
  )
  return handoffsOf(signals).flatMap(({ handed, reply }): readonly Case[] => {
    if (handed === undefined || reply?.event?.name !== "taken" || !isEvent(handed.event, "handed")) return []
    const { to, fields = [] } = handed.event
    const matter = handed.matter ?? reply.matter
    const thread = handed.matter === undefined ? reply.thread : handed.thread
    const askedAgain = (asks.get(reply.customer) ?? []).some(
      (ask) =>
        compareSignals(ask, reply) > 0 &&
        (matter === undefined || ask.matter === undefined || ask.matter === matter) &&
        isEvent(ask.event, "asked") &&
        ask.event.fields.some((field) => fields.includes(field)),
    )
    const owners = threads.get(thread)?.owners ?? []
    return [{ count: askedAgain ? 1 : 0, thread, channels: [reply.channel], agents: [reply.speaker ?? to], owners }]
  })
}

interface Handoff {
  readonly handed?: HeardSignal
  readonly reply?: HeardSignal
}

/** Each handoff with the newest of its two steps. */
const handoffsOf = (signals: readonly HeardSignal[]): readonly Handoff[] => {
  const handoffs = new Map<string, Handoff>()
  for (const signal of signals) {
    if (!isEvent(signal.event, "handed", "taken", "declined")) continue
    const name = JSON.stringify([signal.customer, signal.event.handoff])
    const step = signal.event.name === "handed" ? { handed: signal } : { reply: signal }
    handoffs.set(name, { ...handoffs.get(name), ...step })
  }
  return [...handoffs.values()]
}
