import * as z from "zod/mini"
import { type Duration, parseDuration } from "../duration.ts"
import { createField, type Field, type FieldOptions } from "../field.ts"
import { bySignal, readSinceCleared } from "./since-cleared.ts"

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
      key: bySignal,
      keep: options.keep ?? 32,
      read: readSinceCleared((points, now) =>
        points.reduce((sum, { value, at }) => sum + Number(value) * 2 ** (-Math.max(0, now - at) / halfLife), 0),
      ),
    },
    z.number(),
    options,
  )
}
