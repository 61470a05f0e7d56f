import {
  type Addressed,
  applySignals,
  type ContextDefinition,
  canonical,
  decodeContext,
  emptyContext,
  encodeContext,
  identityKey,
  linkEnds,
  type Millis,
  parseSignal,
  type Refusal,
  refuse,
  type Signal,
  type Store,
  type StoredContext,
} from "@tellonce/core"
import { maySay } from "./can.ts"
import { checkShape } from "./input-gate.ts"
import type { Principal } from "./principal.ts"

/** What became of one signal, named by its place in the batch. `at` is the time it counts with: never later than its receipt. */
export type IngestResult =
  | { readonly index: number; readonly id: string; readonly status: "accepted" | "duplicate"; readonly at: Millis }
  | {
      readonly index: number
      readonly id: string | undefined
      readonly status: "rejected"
      readonly code: string
      readonly message: string
    }

/** Older than this is refused: the duplicates of that time are no longer known. */
const oldest: Millis = 30 * 86_400_000

export interface Ingest {
  readonly definition: ContextDefinition
  readonly store: Store
  readonly principal: Principal
  readonly now: Millis
}

/** Admits each signal by itself, keeps the good ones in one durable update, and answers for all. One bad signal stops no other. */
export const ingest = async (inputs: readonly unknown[], options: Ingest): Promise<readonly IngestResult[]> => {
  const admitted = inputs.map((input) => admit(input, options))
  const addressed: Addressed[] = []
  const placeOf = admitted.map((result) => {
    if (!result.ok) return undefined
    const place = addressed.length
    addressed.push(
      ...linkEnds(result.signal).map((signal) => ({
        key: identityKey(signal.identity),
        signal,
        received: options.now,
      })),
    )
    return place
  })
  const { logged } =
    addressed.length === 0 ? { logged: [] } : await options.store.update(addressed, changeContext(options.definition))
  return admitted.map((result, index): IngestResult => {
    if (!result.ok)
      return { index, id: idOf(inputs[index]), status: "rejected", code: result.code, message: result.message }
    const { id, at } = result.signal
    const earlier = logged[placeOf[index] ?? -1]?.duplicateOf
    if (earlier === undefined) return { index, id, status: "accepted", at }
    if (saysTheSame(earlier, result.signal)) return { index, id, status: "duplicate", at: earlier.at }
    const message = "This source has sent another statement under this id. Give each statement an id of its own."
    return { index, id, status: "rejected", code: "signal/id_reused", message }
  })
}

const admit = (
  input: unknown,
  { definition, principal, now }: Ingest,
): { readonly ok: true; readonly signal: Signal } | Refusal => {
  const shape = checkShape(input)
  if (!shape.ok) return shape
  const parsed = parseSignal(definition, withCaller(input, principal))
  if (!parsed.ok) return parsed
  const { signal } = parsed
  if (!maySay(principal, signal)) {
    return refuse(
      "access/may_not_say",
      "This token may not speak with that authority or vouch for that event. Send it from your backend with the secret key.",
    )
  }
  if (now - signal.at > oldest)
    return refuse(
      "signal/too_old",
      "This happened more than 30 days ago, so a repetition could not be told. Leave it out.",
    )
  if (isSelfLink(signal)) return refuse("link/self", "An identity cannot be linked to itself. Leave the link out.")
  return { ok: true, signal: { ...signal, at: Math.min(signal.at, now) } }
}

/** A page's token says whose signal it is and, unless told, that the customer speaks; an agent's token names its agent. */
const withCaller = (input: unknown, principal: Principal): unknown => {
  if (typeof input !== "object" || input === null || principal.kind === "secret" || principal.kind === "publishable")
    return input
  return principal.kind === "agent"
    ? { authority: "agent", ...input, speaker: principal.agent }
    : { authority: "customer", ...input, identity: principal.identity }
}

const isSelfLink = (signal: Signal): boolean => linkEnds(signal).length === 0

const changeContext =
  (definition: ContextDefinition) =>
  ({ encoded }: StoredContext, signals: readonly Signal[]): string =>
    encodeContext(
      applySignals(encoded === undefined ? emptyContext(definition) : decodeContext(definition, encoded), signals),
    )

/** The time is the server's to correct, so a repetition may carry another one. */
const saysTheSame = (a: Signal, b: Signal): boolean => canonical({ ...a, at: 0 }) === canonical({ ...b, at: 0 })

const idOf = (input: unknown): string | undefined => {
  const id = typeof input === "object" && input !== null && "id" in input ? input.id : undefined
  return typeof id === "string" ? id.slice(0, 128) : undefined
}
