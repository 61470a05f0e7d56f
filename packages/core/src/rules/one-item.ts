import type { Item } from "../field.ts"

/** The items of a fact that is one value. `applySignals` knows a rule by it and makes no list. */
export const oneItem = (value: unknown): readonly Item[] => [{ value }]
