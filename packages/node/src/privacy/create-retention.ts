import {
  type ContextDefinition,
  type Duration,
  decodeContext,
  type Millis,
  parseDuration,
  type ServiceStore,
  type Signal,
  type StoredContext,
} from "@tellonce/core"
import { toDocument } from "../stored-context.ts"
import { walkKeys } from "../walk-store.ts"
import { isChoice } from "./consent-field.ts"
import { keepEntries, keepFields } from "./keep-only.ts"
import { logOf } from "./log-of.ts"
import { isExpired } from "./without-expired.ts"

export interface RetentionOptions {
  readonly definition: ContextDefinition
  readonly store: ServiceStore
  readonly clock: () => Millis
  /** Signals older than this leave the log, and what was said, asked, told and tried leaves the context with them. For ever unless told. */
  readonly logFor?: Duration | undefined
}

export interface Retention {
  /**
   * A whole round, and forgets what is known of duplicates older than 35 days. Answers how many identities had something removed. Throws
   * at its end the first it could not read, such as a context of a newer definition: that holds up nobody else's removal.
   */
  run(): Promise<number>
}

const duplicatesFor: Millis = 35 * 86_400_000
/** What was said rather than what is known: it goes when the log row goes. Links, holds, matters, handoffs and promises stay. */
const conversation: ReadonlySet<string> = new Set(["$messages", "$asked", "$told", "$tried"])

/** Removes physically what may no longer be kept: values past their field's `keepFor`, signals past `logFor`. What has expired is not served even before. */
export const createRetention = ({ definition, store, clock, logFor }: RetentionOptions): Retention => {
  const logKept = logFor === undefined ? Number.POSITIVE_INFINITY : parseDuration(logFor)
  const ends = [logKept, ...definition.places.map(({ field }) => field.keepFor)].some(Number.isFinite)

  const sweeps = (now: Millis) => {
    const isKept = (at: Millis) => (field: string) =>
      conversation.has(field) ? now - at < logKept : !isExpired(definition, field, at, now)
    return {
      context: (stored: StoredContext) => keepEntries(definition, stored, (field, { at }) => isKept(at)(field)),
      // A choice stays as the proof of it for as long as it counts.
      signal: (signal: Signal): Signal | undefined =>
        now - signal.at < logKept || isChoice(definition, signal) ? keepFields(signal, isKept(signal.at)) : undefined,
    }
  }

  /** True when something of this identity was removed. */
  const clean = async (key: string, now: Millis): Promise<boolean> => {
    const sweep = sweeps(now)
    const [stored] = await store.read([key])
    let left = 0
    const kept = stored && sweep.context(stored)
    let removed = stored !== undefined && kept !== undefined && kept !== toDocument(definition, stored)
    for await (const { signal } of logOf(store, [key])) {
      const kept = sweep.signal(signal)
      removed ||= kept !== signal
      if (kept !== undefined) left++
    }
    if (!removed) return false
    await store.sweep([key], {
      context(found) {
        const kept = sweep.context(found)
        const isGone = left === 0 && found.seq === stored?.seq && isEmptyContext(definition, kept)
        return isGone ? undefined : kept
      },
      signal: ({ signal }) => sweep.signal(signal),
    })
    return true
  }

  return {
    async run() {
      const now = clock()
      let failure: { readonly thrown: unknown } | undefined
      let cleaned = 0
      for await (const keys of ends ? walkKeys(store) : []) {
        for (const key of keys) {
          try {
            if (await clean(key, now)) cleaned++
          } catch (thrown) {
            failure ??= { thrown }
          }
        }
      }
      await store.prune(clock() - duplicatesFor)
      if (failure) throw failure.thrown
      return cleaned
    },
  }
}

const isEmptyContext = (definition: ContextDefinition, encoded: string | undefined): boolean =>
  encoded === undefined || decodeContext(definition, encoded).entries.every((entries) => entries.length === 0)
