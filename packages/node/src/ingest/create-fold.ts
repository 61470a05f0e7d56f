import { applySignals, type Context, type ContextDefinition, encodeContext, type Store } from "@tellonce/core"
import { createBoundedMap } from "../bounded-map.ts"
import { contextOf } from "../stored-context.ts"

/** How documents are made of what is kept. */
export interface Fold {
  readonly fold: Parameters<Store["update"]>[1]
  /** Drops what is remembered: somebody is to be forgotten. */
  forget(): void
}

/** Characters of the contexts that are kept decoded, those folded last: a customer who speaks now speaks again soon. */
const mostText = 4 * 1024 * 1024
/** A short one counts as so many: decoded it fills memory, too. */
const leastText = 4_096

/** What it remembers is a shortcut and nothing else: a document that is not the one remembered is decoded anew. */
export const createFold = (definition: ContextDefinition): Fold => {
  const decoded = createBoundedMap<{ readonly encoded: string; readonly context: Context }>(mostText, ({ encoded }) =>
    Math.max(encoded.length, leastText),
  )
  return {
    fold(stored) {
      const known = decoded.get(stored.key)
      const context =
        known !== undefined && known.encoded === stored.encoded
          ? applySignals(known.context, stored.tail)
          : contextOf(definition, stored)
      const encoded = encodeContext(context)
      decoded.set(stored.key, { encoded, context })
      return encoded
    },
    forget: decoded.clear,
  }
}
