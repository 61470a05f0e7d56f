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

export type Focused = { readonly field: string; readonly weight: number } & Exclude<
  FieldView,
  { state: "unknown" | "withheld" | "expired" }
>

/** What matters now, first: a cancel intent of two minutes ago stands above five years of loyalty. Stale values weigh half. */
export const focus = (seen: AnyView, { weights = {}, halfLife = "1h" }: FocusOptions = {}): readonly Focused[] => {
  const half = parseDuration(halfLife)
  return Object.entries(fieldsOf(seen))
    .flatMap(([field, known]) => {
      if (known.value === undefined) return []
      const weight = (weights[field] ?? 1) * 2 ** (-known.age / half) * (known.state === "stale" ? 0.5 : 1)
      return weight > 0 ? [{ field, weight, ...known } as Focused] : []
    })
    .sort((a, b) => b.weight - a.weight || compareText(a.field, b.field))
}
