import {
  applySignals,
  type Context,
  type ContextDefinition,
  decodeContext,
  emptyContext,
  encodeContext,
  type Store,
} from "@tellonce/core"
import { createBoundedMap } from "../bounded-map.ts"

/** What contexts become with new signals, from text to text. */
export interface Fold {
  readonly change: Parameters<Store["update"]>[1]
  /** Drops what is remembered: somebody is to be forgotten. */
  forget(): void
}

/** Contexts that are kept decoded, those written last: a customer who speaks now speaks again soon. */
const mostDecoded = 1_000

/** What it remembers is a shortcut and nothing else: a text that is not the one remembered is decoded anew. */
export const createFold = (definition: ContextDefinition): Fold => {
  const decoded = createBoundedMap<{ readonly encoded: string; readonly context: Context }>(mostDecoded)
  const decode = (key: string, encoded: string): Context => {
    const known = decoded.get(key)
    return known?.encoded === encoded ? known.context : decodeContext(definition, encoded)
  }
  return {
    change({ key, encoded }, signals) {
      const before = encoded === undefined ? emptyContext(definition) : decode(key, encoded)
      const context = applySignals(before, signals)
      const after = context === before && encoded !== undefined ? encoded : encodeContext(context)
      decoded.set(key, { encoded: after, context })
      return after
    },
    forget: decoded.clear,
  }
}
