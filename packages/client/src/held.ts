import { type ContextDefinition, parseSignal, type Refusal, refuse, type Signal } from "@tellonce/core"
import type { Draft, Unsent } from "./outbox.ts"

/** A signal between being told and being acknowledged. */
export interface Held extends Unsent {
  /** As the service will admit it: what the view shows until the answer. Undefined when it concerns someone else. */
  readonly shown: Signal | undefined
  /** Its length on the wire. */
  readonly bytes: number
  /** Would survive a reload. */
  readonly kept: boolean
  /** Stamped before the service had told the time, and not yet sent: its time may still be put right. */
  readonly guessed: boolean
}

/** Stands in for the identity that only the service knows; it never leaves this page. */
const self = { kind: "anonymous", value: "self" }

/**
 * Checks a draft as the service will. What is sent stays as it was told: a schema may change values, and must do so once, in the
 * service.
 */
export const toHeld = (
  definition: ContextDefinition,
  { owner, signal: draft }: Unsent,
): { readonly ok: true; readonly held: Held } | Refusal => {
  const json = toJson(draft)
  if (json === undefined) {
    return refuse("signal/not_json", "A signal must be plain JSON: no cycles, functions or big integers.")
  }
  const signal = JSON.parse(json) as Draft
  const parsed = parseSignal(definition, { ...signal, identity: signal.identity ?? self })
  if (!parsed.ok) return parsed
  const bytes = new TextEncoder().encode(json).length
  return { ok: true, held: { owner, signal, shown: parsed.signal, bytes, kept: false, guessed: false } }
}

/** What an earlier page left. A newer service may know a field that this page does not: it is sent, and the service judges it. */
export const toLeftover = (definition: ContextDefinition, unsent: Unsent): Held => {
  const result = toHeld(definition, unsent)
  if (result.ok) return result.held
  const bytes = new TextEncoder().encode(toJson(unsent.signal)).length
  return { ...unsent, shown: undefined, bytes, kept: true, guessed: false }
}

const toJson = (value: unknown): string | undefined => {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}
