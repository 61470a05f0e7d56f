import { type ContextDefinition, type Millis, type Refusal, refuse, TellonceError } from "@tellonce/core"
import type { ForeignEvent } from "./foreign-event.ts"
import type { RecordResult, RecordSignals } from "./record-signals.ts"
import { reportRefused } from "./report-refused.ts"
import { type ToSignals, toSignals, type UnderstoodEvent } from "./to-signals.ts"

/** How these events are understood. */
export interface KeepOptions extends Pick<ToSignals, "table" | "identity"> {
  /** The sender's clock as it sent, where the events are stamped with that clock. */
  readonly sentAt?: Millis | undefined
}

/** Keeps foreign events. Answers per event why it was not kept; undefined where it was, now or before. */
export type Keep = (events: readonly ForeignEvent[], options: KeepOptions) => Promise<readonly (Refusal | undefined)[]>

/** What keeping needs. */
export interface KeepParts {
  readonly definition: ContextDefinition
  readonly record: RecordSignals
  readonly clock: () => Millis
  readonly onError: (error: unknown) => void
}

/** The one way in: understood, recorded, and what was refused reported. */
export const createKeep = ({ definition, record, clock, onError }: KeepParts): Keep => {
  return async (events, { sentAt, ...understanding }) => {
    const options = { ...understanding, definition, now: clock(), onError }
    const understood = events.map((event) => understand(event, options))
    const signals = understood.flatMap((each) => each.signals)
    const results = signals.length === 0 ? [] : await record(signals, sentAt === undefined ? {} : { sentAt })
    const answers = results.values()
    const outcomes = understood.map(({ signals: own, refused }) => {
      const rejected = own.flatMap(() => toRefusal(answers.next().value))
      return { all: [...rejected, ...refused], lost: rejected[0] ?? (own.length === 0 ? refused[0] : undefined) }
    })
    reportRefused(
      outcomes.flatMap(({ all }) => all),
      { of: events.length, onError },
    )
    // A fact that was left out costs its event nothing.
    return outcomes.map(({ lost }) => lost)
  }
}

const toRefusal = (result: RecordResult | undefined): readonly Refusal[] =>
  result?.status === "rejected" ? [refuse(result.code ?? "signal/rejected", "The service refused this.")] : []

/** A row of the user's that throws costs its own event and no other. */
const understand = (
  event: ForeignEvent,
  { onError, ...options }: ToSignals & Pick<KeepParts, "onError">,
): UnderstoodEvent => {
  try {
    return toSignals(event, options)
  } catch (cause) {
    const message = `The table's row for this event threw. Let it answer undefined for what it does not find.`
    onError(new TellonceError("ingest/row_threw", message, { cause }))
    return { signals: [], refused: [refuse("ingest/row_threw", message)] }
  }
}
