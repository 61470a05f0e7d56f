import {
  type ContextDefinition,
  type Identity,
  identityKey,
  linkEnds,
  type Millis,
  parseIdentityKey,
  type Refusal,
  refuse,
  type ServiceStore,
  type Signal,
} from "@tellonce/core"
import type { Principal } from "../principal.ts"
import type { FindCustomer } from "../read-customer.ts"
import { checkPurposes } from "./check-purposes.ts"
import { isChoice } from "./consent-field.ts"
import { type ConsentGate, checkConsent } from "./consent-gate.ts"
import type { ErasureLedger } from "./erasure-ledger.ts"
import type { FieldPurposes } from "./field-purposes.ts"
import type { LateKeeps } from "./late-keeps.ts"
import { refuseErased } from "./refuse-erased.ts"
import { type ErasureWatch, watchErasures } from "./watch-erasures.ts"
import { reviewsAfter, type WithdrawOptions, withdrawConsent } from "./withdraw-consent.ts"

/** What stands between admitted signals and the store. One is made for each batch. */
export interface SignalGate {
  /** Per signal, why it may not be kept; undefined where it may. Throws 410 `access/erased` for a page's token from before an erasure. */
  check(signals: readonly Signal[]): Promise<readonly (Refusal | undefined)[]>
  /** What follows from those that are kept now, before they are answered for. */
  settle(signals: readonly Signal[]): Promise<void>
}

/** What every gate of a service works with. */
export interface GateParts {
  readonly definition: ContextDefinition
  readonly store: ServiceStore
  readonly customer: FindCustomer
  readonly ledger: ErasureLedger
  readonly lateKeeps: Pick<LateKeeps, "add">
  readonly purposes: FieldPurposes
  readonly clock: () => Millis
}

/** Whose batch it is. */
export interface GateCall {
  readonly principal: Principal
  /** Notes that the call means a customer who was erased: they are back. Without it such signals are refused. */
  readonly reaffirm: ((identity: Identity) => Promise<void>) | undefined
  readonly noteOf: WithdrawOptions["noteOf"]
}

export const createSignalGate = (parts: GateParts, call: GateCall): SignalGate => {
  const { definition, customer, ledger, lateKeeps, purposes, clock } = parts
  const { principal, reaffirm, noteOf } = call
  // A page's token carries an epoch of its own.
  const isServer = principal.kind === "secret" || principal.kind === "agent"
  let watch: ErasureWatch | undefined
  return {
    async check(signals) {
      watch = await watchErasures(parts, [...new Set(signals.flatMap(keysOf))], principal)
      const { before } = watch
      // It was looked at when the call began, and a body takes as long as its sender likes.
      await refuseErased(principal, ledger)
      const gate = { definition, customer, purposes, now: clock() }
      const consents = await checkChoices(signals, gate)
      const named = [...before.keys()].filter((key) => isServer && (before.get(key) ?? 0) > 0)
      if (reaffirm) for (const key of named) await reaffirm(parseIdentityKey(key))
      if (reaffirm || named.length === 0) return consents
      return signals.map((signal, index) =>
        keysOf(signal).some((key) => named.includes(key)) ? erased : consents[index],
      )
    },
    async settle(signals) {
      // An erasure that came between the check and the flush must find these, too.
      await watch?.sweepLate()
      if (watch) lateKeeps.add(signals, watch.before)
      for (const review of reviewsAfter(signals, { definition, purposes }))
        await withdrawConsent(review, { ...parts, noteOf })
    },
  }
}

/** A choice that is refused agrees to nothing, so that the rest is looked at without it, until no more choices are refused. */
const checkChoices = async (
  signals: readonly Signal[],
  gate: ConsentGate,
): Promise<readonly (Refusal | undefined)[]> => {
  for (let refused: readonly (Refusal | undefined)[] = []; ; ) {
    const found = await checkPurposes(signals, await checkConsent(signals, refused, gate), gate)
    const isLost = (signal: Signal, index: number) =>
      found[index] !== refused[index] && isChoice(gate.definition, signal)
    if (!signals.some(isLost)) return found
    refused = found
  }
}

const keysOf = (signal: Signal): readonly string[] => linkEnds(signal).map(({ identity }) => identityKey(identity))

const erased = refuse(
  "signal/erased",
  'This customer was erased at their wish. Forget them in the system that sends this; if they are back, send it with "reaffirm" and the reason.',
)
