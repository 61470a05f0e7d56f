import type { AnyView, ContextDefinition, Fields, Millis } from "@tellonce/core"
import type { RefusedSignal } from "../client-options.ts"
import { idOf, type Outbox, type Unsent } from "../kept/outbox.ts"
import type { Hub } from "../report/hub.ts"
import type { Settlement } from "../transport/settlement.ts"
import type { ConsentGate, Verdict } from "./consent-gate.ts"
import { type Counts, createCounts } from "./counts.ts"
import { type Held, toLeftover } from "./held.ts"
import { createLocalContext, type LocalContext } from "./local-context.ts"
import { createSendQueue, type SendQueue } from "./send-queue.ts"

/** What was said here and what the service has told, kept in step: a signal leaves the queue as it enters the context. */
export interface Ledger<F extends Fields> {
  readonly queue: SendQueue
  readonly local: LocalContext<F>
  add(held: Held): void
  /** Another tab has told and kept these, or an earlier page has left them. Returns those that were not here. */
  adopt(unsent: readonly Unsent[]): readonly Unsent[]
  /** It was told, and is not taken. */
  refuse(refused: RefusedSignal): void
  settle(settlement: Settlement): void
  /** These are not to be sent any more. */
  drop(ids: readonly string[], code: string, message: string): void
  /** What the customer's choices say of it. */
  verdict(signal: Parameters<ConsentGate>[0]): Verdict
  counts(): Counts
}

export interface LedgerOptions<F extends Fields> {
  readonly context: ContextDefinition<F>
  readonly outbox: Outbox
  readonly consent?: ConsentGate | undefined
  readonly now: () => Millis
  readonly attempt: Hub<F>["attempt"]
  /** Whose unsent signals are shown: two customers of one device see each other's no more than the service lets them. */
  readonly owner: () => string
  readonly onKept: (kept: readonly Unsent[]) => void
  readonly onChange: () => void
  readonly onSent: (ids: readonly string[]) => void
  readonly onRefused: (refused: RefusedSignal) => void
}

export const createLedger = <F extends Fields>(options: LedgerOptions<F>): Ledger<F> => {
  const { context: definition, outbox, consent: gate, owner, onKept, onSent } = options
  const refuse = (refused: RefusedSignal) => {
    counts.dropped(refused.code)
    options.onRefused(refused)
  }
  const queue = createSendQueue({
    outbox,
    onKept,
    onDropped: ({ signal }) => refuse({ id: signal.id, code: "outbox/full", message: fullOutbox }),
  })
  const counts = createCounts(queue.size)
  const shown = (held: Held) => (held.owner === owner() && held.shown ? [held.shown] : [])
  // Where a rule of the user throws, it is not known what was chosen before.
  const seen = (): AnyView => options.attempt(local.view) ?? ({} as AnyView)
  const verdict: Ledger<F>["verdict"] = (signal) => options.attempt(() => gate?.(signal, seen()) ?? "granted") ?? "open"
  const drop: Ledger<F>["drop"] = (ids, code, message) => {
    const dropped = ids.filter(queue.has)
    if (dropped.length === 0) return
    queue.remove(dropped)
    local.refresh()
    for (const id of dropped) refuse({ id, code, message })
  }
  const onChange = () => {
    options.onChange()
    if (gate === undefined) return
    const withdrawn = queue.list().filter((held) => held.owner === owner() && verdict(held.signal) === "denied")
    drop(withdrawn.map(idOf), "consent/withdrawn", notAgreed)
  }
  const local = createLocalContext({ ...options, unsent: () => queue.list().flatMap(shown), onChange })
  return {
    queue,
    local,
    verdict,
    drop,
    counts: counts.read,
    add(held) {
      counts.captured(1)
      queue.add(held)
      // By itself: a long outage must not make each statement dearer than the one before.
      if (held.shown) local.hold(held.shown)
    },
    adopt(left) {
      const others = left.filter(({ signal }) => !queue.has(signal.id)).map((one) => toLeftover(definition, one))
      counts.captured(others.length)
      if (queue.adopt(others).flatMap(shown).length > 0) local.refresh()
      return others
    },
    refuse(refused) {
      counts.captured(1)
      refuse(refused)
    },
    settle({ acked, refused, now }) {
      // A request repeated as the page was going away settles the same signals twice.
      const isHere = ({ id }: { readonly id: string }) => queue.has(id)
      const done = acked.filter(isHere)
      const refusals = refused.filter(isHere)
      if (done.length + refusals.length === 0) return
      const admitted = done.flatMap(({ id, at }) => {
        const held = queue.get(id)
        return held ? shown(held).map((signal) => ({ ...signal, at })) : []
      })
      queue.remove([...done, ...refusals].map(({ id }) => id))
      counts.acked(done.length)
      local.ack(admitted, now)
      if (done.length > 0) onSent(done.map(({ id }) => id))
      for (const one of refusals) refuse(one)
    },
  }
}

const fullOutbox = "More waits than is kept: is it told in a loop?"
export const notAgreed = "The customer has not agreed."
