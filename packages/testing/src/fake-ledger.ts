import {
  applySignals,
  type Context,
  type ContextDefinition,
  canonical,
  emptyContext,
  type Fields,
  type Identity,
  identityKey,
  joinContexts,
  linkEnds,
  parseSignal,
  type Signal,
  view,
} from "@tellonce/core"
import type { FakeCaller } from "./fake-access.ts"
import type { FakeLogged } from "./fake-feed.ts"

export type FakeResult =
  | { readonly index: number; readonly id: string; readonly status: "accepted" | "duplicate"; readonly at: number }
  | {
      readonly index: number
      readonly id: unknown
      readonly status: "rejected"
      readonly code: string
      readonly message: string
    }

/** What the fake service keeps, by the rules of the real core. */
export interface FakeLedger<F extends Fields> {
  keep(inputs: readonly unknown[], caller: FakeCaller, now: number): readonly FakeResult[]
  contextOf(keys: readonly string[]): Context<F>
  /** The identity and all that are proven to be the same customer. */
  keysOf(identity: Identity): readonly string[]
  log(): readonly FakeLogged[]
  lastSeq(): number
  /** A reader who has seen less than this must begin anew: something was forgotten since. */
  oldestSeq(): number
  forget(identity: Identity): void
}

export const createFakeLedger = <F extends Fields>(
  definition: ContextDefinition<F>,
  onKept: (added: readonly FakeLogged[]) => void,
): FakeLedger<F> => {
  let log: FakeLogged[] = []
  let seq = 0
  let forgotten = 0

  const contextOf = (keys: readonly string[]): Context<F> =>
    keys
      .map((key) => log.filter((one) => one.key === key).map(({ signal }) => signal))
      .map((signals) => applySignals(emptyContext(definition), signals))
      .reduce(joinContexts, emptyContext(definition))

  const keepOne = (input: unknown, index: number, caller: FakeCaller, now: number): FakeResult => {
    const parsed = parseSignal(definition, withCaller(input, caller))
    if (!parsed.ok) {
      const id = (input as { readonly id?: unknown } | null)?.id
      return { index, id, status: "rejected", code: parsed.code, message: parsed.message }
    }
    const signal: Signal = { ...parsed.signal, at: Math.min(parsed.signal.at, now) }
    const { id, at } = signal
    const key = identityKey(signal.identity)
    const earlier = log.find((one) => one.key === key && one.signal.id === id && one.signal.source === signal.source)
    if (earlier === undefined) {
      const added = linkEnds(signal).map((end) => ({ seq: ++seq, key: identityKey(end.identity), signal: end }))
      log.push(...added)
      onKept(added)
      return { index, id, status: "accepted", at }
    }
    if (canonical({ ...earlier.signal, at }) === canonical(signal)) {
      return { index, id, status: "duplicate", at: earlier.signal.at }
    }
    const message = "This source has sent another statement under this id."
    return { index, id, status: "rejected", code: "signal/id_reused", message }
  }
  return {
    keep: (inputs, caller, now) => inputs.map((input, index) => keepOne(input, index, caller, now)),
    contextOf,
    keysOf(identity) {
      const keys = new Set([identityKey(identity)])
      for (const key of keys) {
        const { links } = view(contextOf([key]), { now: 0 }).$
        for (const link of links) if (link.proof === "verified") keys.add(identityKey(link))
      }
      return [...keys].sort()
    },
    log: () => log,
    lastSeq: () => seq,
    oldestSeq: () => forgotten,
    forget(identity) {
      forgotten = ++seq
      log = log.filter(({ key }) => key !== identityKey(identity))
    },
  }
}

const withCaller = (input: unknown, caller: FakeCaller): unknown => {
  if (typeof input !== "object" || input === null) return input
  if (caller.kind === "agent") return { authority: "agent", ...input, speaker: caller.agent }
  return "identity" in caller ? { authority: "customer", ...input, identity: caller.identity } : input
}
