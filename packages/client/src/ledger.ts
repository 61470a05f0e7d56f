import type { ContextDefinition, Fields } from "@tellonce/core"
import type { RefusedSignal } from "./client-options.ts"
import type { Settlement } from "./delivery.ts"
import { type Held, toLeftover } from "./held.ts"
import { createLocalContext, type LocalContext } from "./local-context.ts"
import type { Outbox } from "./outbox.ts"
import { createSendQueue, type SendQueue } from "./send-queue.ts"

/** What was said here and what the service has told, kept in step: a signal leaves the queue as it enters the context. */
export interface Ledger<F extends Fields> {
  readonly queue: SendQueue
  readonly local: LocalContext<F>
  add(held: Held): void
  settle(settlement: Settlement): void
  /** Resolves when what an earlier page left has been read. */
  restored(): Promise<void>
}

export interface LedgerOptions<F extends Fields> {
  readonly definition: ContextDefinition<F>
  readonly outbox: Outbox
  /** Whose unsent signals are shown: two customers of one device see each other's no more than the service lets them. */
  readonly owner: () => string
  readonly onKept: () => void
  readonly onChange: () => void
  readonly onSent: (ids: readonly string[]) => void
  readonly onRefused: (refused: RefusedSignal) => void
}

export const createLedger = <F extends Fields>(options: LedgerOptions<F>): Ledger<F> => {
  const { definition, outbox, owner, onKept, onChange, onSent, onRefused } = options
  const queue = createSendQueue({
    outbox,
    onKept,
    onDropped: ({ signal }) => onRefused({ id: signal.id, code: "outbox/full", message: fullOutbox }),
  })
  const unsent = () => queue.list().flatMap((held) => (held.owner === owner() && held.shown ? [held.shown] : []))
  const local = createLocalContext({ definition, unsent, onChange })
  const restore = async () => {
    const left = await outbox.list()
    queue.restore(left.map((one) => toLeftover(definition, one)))
    local.refresh()
  }
  const restoring = restore()
  return {
    queue,
    local,
    add(held) {
      queue.add(held)
      // By itself: a long outage must not make each statement dearer than the one before.
      if (held.shown) local.hold(held.shown)
    },
    settle(settlement) {
      // A request repeated as the page was going away settles the same signals twice.
      const acked = settlement.acked.filter(({ held }) => queue.has(held.signal.id))
      const refused = settlement.refused.filter(({ held }) => queue.has(held.signal.id))
      const ids = [...acked, ...refused].map(({ held }) => held.signal.id)
      if (ids.length === 0) return
      queue.remove(ids)
      const ours = acked.filter(({ held }) => held.owner === owner())
      local.ack(
        ours.flatMap(({ held, at }) => (held.shown ? [{ ...held.shown, at }] : [])),
        settlement.now,
      )
      if (acked.length > 0) onSent(acked.map(({ held }) => held.signal.id))
      for (const { held, code, message } of refused) onRefused({ id: held.signal.id, code, message })
    },
    restored: () => restoring,
  }
}

const fullOutbox =
  "More signals wait than are kept; this was the oldest. Is the service out of reach, or is something told in a loop?"
