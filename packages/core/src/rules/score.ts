import * as z from "zod/mini"
import { type Duration, parseDuration } from "../duration.ts"
import { createField, type Field, type FieldOptions } from "../field.ts"
import { oneItem } from "./one-item.ts"
import { sinceCleared } from "./since-cleared.ts"

export interface ScoreOptions extends FieldOptions {
  /** The time in which a point loses half its weight. */
  readonly halfLife: Duration
  /** How many points are remembered; 32 unless told. */
  readonly keep?: number
}

/** A sum of points that fades: each weighs its value · 2^(−age ÷ half-life). */
export const score = (options: ScoreOptions): Field<number, number> => {
  const halfLife = parseDuration(options.halfLife)
  return createField(
    {
      key: (_value, stamp) => stamp.id,
      keep: options.keep ?? 32,
      items: oneItem,
      read: (entries, { now }) => {
        const points = sinceCleared(entries)
        const newest = points[0]
        const weigh = (sum: number, point: { value?: unknown; at: number }) =>
          sum + Number(point.value) * 2 ** (-Math.max(0, now - point.at) / halfLife)
        return newest && { value: points.reduce(weigh, 0), entry: newest }
      },
    },
    z.number(),
    options,
  )
}
