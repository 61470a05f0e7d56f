import {
  applySignals,
  type Context,
  type ContextDefinition,
  decodeContext,
  emptyContext,
  encodeContext,
  type Fields,
  type StoredContext,
} from "@tellonce/core"

/** What is kept of an identity, as one context: its document and what came since. */
export const contextOf = <F extends Fields>(
  definition: ContextDefinition<F>,
  { encoded, tail }: Pick<StoredContext, "encoded" | "tail">,
): Context<F> =>
  applySignals(encoded === undefined ? emptyContext(definition) : decodeContext(definition, encoded), tail)

/** The same as a document: what a store is given when it folds. */
export const toDocument = (definition: ContextDefinition, stored: StoredContext): string =>
  stored.encoded !== undefined && stored.tail.length === 0
    ? stored.encoded
    : encodeContext(contextOf(definition, stored))
