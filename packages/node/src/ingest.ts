import { setImmediate } from "node:timers/promises"
import { isDeepStrictEqual } from "node:util"
import {
  type ContextDefinition,
  canonical,
  identityKey,
  type Millis,
  type Refusal,
  refuse,
  type Signal,
  type Store,
  type StoreUpdate,
} from "@tellonce/core"
import type { InTurn } from "./create-turns.ts"
import { checkLinks, isJoin } from "./identity/check-links.ts"
import { addressSignal } from "./ingest/address-signal.ts"
import { type AdmitSignal, admitSignal } from "./ingest/admit-signal.ts"
import type { Fold } from "./ingest/create-fold.ts"
import type { IngestResult } from "./ingest/ingest-result.ts"
import { isChoice } from "./privacy/consent-field.ts"
import { passGate } from "./privacy/pass-gate.ts"
import type { SignalGate } from "./privacy/signal-gate.ts"
import { effectiveTimes, oldestTaken } from "./time/effective-times.ts"

export interface Ingest extends AdmitSignal {
  readonly store: Store
  readonly now: Millis
  /** When the sender sent the batch, by the clock its signals are stamped with. */
  readonly sentAt?: Millis | undefined
  /** Batches that join customers, or choose for the same identity, wait for each other here: each check sees what the last one let through. */
  readonly inTurn: InTurn
  /** Makes documents of what is kept. */
  readonly fold: Fold["fold"]
  /** Consent and erasure; without it neither is looked at. */
  readonly gate?: SignalGate | undefined
}

/** Admits each signal by itself, keeps the good ones in one durable update, and answers for all. One bad signal stops no other. */
export const ingest = async (inputs: readonly unknown[], options: Ingest): Promise<readonly IngestResult[]> => {
  const admitted = settleTimes(await admitAll(inputs, options), options)
  const signals = admitted.flatMap((result) => (result.ok ? [result.signal] : []))
  const joins = signals.some(isJoin)
  const turns = [...(joins ? ["joins"] : []), ...choosersIn(signals, options.definition)]
  const kept = await options.inTurn(turns, () => (joins ? keepChecked : keep)(admitted, options))
  return kept.map((outcome, index) => answer(outcome, index, inputs[index]))
}

/** The identities that have a choice recorded. */
const choosersIn = (signals: readonly Signal[], definition: ContextDefinition): ReadonlySet<string> =>
  new Set(signals.flatMap((signal) => (isChoice(definition, signal) ? [identityKey(signal.identity)] : [])))

/** Signals that are admitted in one turn of the event loop: the largest batch must not hold up the others for longer. */
const perTurn = 50

const admitAll = async (inputs: readonly unknown[], options: Ingest): Promise<readonly Admitted[]> => {
  const admitted: Admitted[] = []
  for (const [index, input] of inputs.entries()) {
    if (index > 0 && index % perTurn === 0) await setImmediate()
    admitted.push(admitSignal(input, options))
  }
  return admitted
}

type Admitted = { readonly ok: true; readonly signal: Signal } | Refusal
type Outcome = Refusal | { readonly ok: true; readonly signal: Signal; readonly duplicateOf: Signal | undefined }

/** Each with the time it counts with. */
const settleTimes = (admitted: readonly Admitted[], { now, sentAt }: Ingest): readonly Admitted[] => {
  const claims = admitted.flatMap((result) => (result.ok ? [result.signal] : []))
  const times = effectiveTimes(claims, { received: now, sentAt })
  let claim = 0
  return admitted.map((result) => {
    if (!result.ok) return result
    const at = times[claim++] ?? now
    if (now - at <= oldestTaken)
      return at === result.signal.at ? result : { ok: true, signal: { ...result.signal, at } }
    return refuse(
      "signal/too_old",
      "This happened more than 30 days ago, so a repetition could not be told. Leave it out.",
    )
  })
}

const keepChecked = async (admitted: readonly Admitted[], options: Ingest): Promise<readonly Outcome[]> => {
  const signals = admitted.map((result) => (result.ok ? result.signal : undefined))
  const refusals = await checkLinks(signals, { ...options, rules: options.identities })
  return keep(
    admitted.map((result, index) => refusals[index] ?? result),
    options,
  )
}

const keep = async (sent: readonly Admitted[], options: Ingest): Promise<readonly Outcome[]> => {
  const { fold, store, now, gate } = options
  const admitted = await passGate(sent, gate)
  const perSignal = admitted.map((result) => (result.ok ? addressSignal(result.signal, now) : []))
  const addressed = perSignal.flat()
  const { logged }: StoreUpdate = addressed.length === 0 ? { logged: [] } : await store.update(addressed, fold)
  await gate?.settle(admitted.flatMap((result) => (result.ok ? [result.signal] : [])))
  let place = 0
  return admitted.map((result, index) => {
    const at = place
    place += perSignal[index]?.length ?? 0
    return result.ok ? { ok: true, signal: result.signal, duplicateOf: logged[at]?.duplicateOf } : result
  })
}

const answer = (outcome: Outcome, index: number, input: unknown): IngestResult => {
  if (!outcome.ok) return { index, id: idOf(input), status: "rejected", code: outcome.code, message: outcome.message }
  const { signal, duplicateOf } = outcome
  const { id, at } = signal
  if (duplicateOf === undefined) return { index, id, status: "accepted", at }
  if (saysTheSame(duplicateOf, signal)) return { index, id, status: "duplicate", at: duplicateOf.at }
  const message = "This source has sent another statement under this id. Give each statement an id of its own."
  return { index, id, status: "rejected", code: "signal/id_reused", message }
}

/** The time is the server's to correct, so a repetition may carry another one. */
const saysTheSame = (a: Signal, b: Signal): boolean => {
  const [one, other] = [a, b].map((signal) => ({ ...signal, at: 0 }))
  // The quick comparison tells an absent member from an undefined one, which says the same.
  return isDeepStrictEqual(one, other) || canonical(one) === canonical(other)
}

const idOf = (input: unknown): string | undefined => {
  const id = typeof input === "object" && input !== null && "id" in input ? input.id : undefined
  return typeof id === "string" ? id.slice(0, 128) : undefined
}
