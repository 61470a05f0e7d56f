import {
  admitFacts,
  applySignals,
  type ContextDefinition,
  emptyContext,
  type Refusal,
  refuse,
  type Signal,
} from "@tellonce/core"
import type { Draft, Unsent } from "../kept/outbox.ts"

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

/** No honest signal is larger; it must fit into a batch. */
const mostBytes = 200_000

/**
 * Checks a draft as the service will, as far as this page can tell. What is sent stays as it was told: a schema may change values, and
 * must do so once, in the service.
 */
export const toHeld = (
  definition: ContextDefinition,
  { owner, signal: draft }: Unsent,
): { readonly ok: true; readonly held: Held } | Refusal => {
  const json = toJson(draft)
  if (json === undefined) {
    return refuse("signal/not_json", "A signal must be plain JSON.")
  }
  const bytes = bytesOf(json)
  if (bytes > mostBytes) return refuse("signal/too_large", "A signal is 200 kB at most.")
  const signal = JSON.parse(json) as Draft
  const admitted = admit(definition, signal)
  if (!admitted.ok) return admitted
  return { ok: true, held: { owner, signal, shown: admitted.signal, bytes, kept: false, guessed: false } }
}

/** What an earlier page or another tab left. A newer service may know a field that this page does not: it is sent, and the service judges it. */
export const toLeftover = (definition: ContextDefinition, unsent: Unsent): Held => {
  const result = toHeld(definition, unsent)
  if (result.ok) return { ...result.held, kept: true }
  return { ...unsent, shown: undefined, bytes: bytesOf(toJson(unsent.signal) ?? ""), kept: true, guessed: false }
}

/** What this page's own view would stumble over. The rest of the envelope the service judges, signal by signal. */
const admit = (definition: ContextDefinition, signal: Draft): ReturnType<typeof admitFacts> => {
  const { id, at, channel, source } = signal
  for (const [member, word] of Object.entries({ id, channel, source })) {
    if (typeof word !== "string" || word === "" || word.length > 128) return refuseMember(member)
  }
  if (!Number.isSafeInteger(at) || at < 0) return refuseMember("at")
  try {
    const admitted = admitFacts(definition, { ...signal, identity: signal.identity ?? self })
    if (admitted.ok) applySignals(emptyContext(definition), [admitted.signal])
    return admitted
  } catch {
    return refuse("signal/shape", "This is no signal.")
  }
}

const refuseMember = (member: string) => refuse(`signal/${member}`, `"${member}" is wrong.`)

const bytesOf = (json: string): number => new TextEncoder().encode(json).length

const toJson = (value: unknown): string | undefined => {
  try {
    return JSON.stringify(value)
  } catch {
    return undefined
  }
}
