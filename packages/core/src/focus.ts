import { compareText } from "./canonical.ts"
import { type Duration, parseDuration } from "./duration.ts"
import type { FieldView } from "./read-field.ts"
import { type AnyView, fieldsOf } from "./view.ts"

export interface FocusOptions {
  /** How much a field matters beside its recency; 1 unless told, 0 leaves it out. */
  readonly weights?: Readonly<Record<string, number>>
  /** The age at which a statement weighs half; 1 hour unless told. */
  readonly halfLife?: Duration
}

export type Focused = { readonly field: string } & Exclude<FieldView, { state: "unknown" | "withheld" | "expired" }>

/** What matters now, first: a cancel intent of two minutes ago stands above five years of loyalty. Stale values weigh half. */
export const focus = (seen: AnyView, { weights = {}, halfLife = "1h" }: FocusOptions = {}): readonly Focused[] => {
  const half = parseDuration(halfLife)
  return Object.entries(fieldsOf(seen))
    .flatMap(([field, known]) => {
      const weight = weights[field] ?? 1
      if (known.value === undefined || weight <= 0) return []
      // As a power of two, for after five years the weight itself is too small a number to compare.
      const power = Math.log2(weight) - known.age / half - (known.state === "stale" ? 1 : 0)
      return [{ power, focused: { field, ...known } as Focused }]
    })
    .sort((a, b) => b.power - a.power || compareText(a.focused.field, b.focused.field))
    .map(({ focused }) => focused)
}
