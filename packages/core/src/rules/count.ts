import * as z from "zod/mini"
import { type Duration, parseDuration } from "../duration.ts"
import { createField, type Field, type FieldOptions } from "../field.ts"
import { bySignal, readSinceCleared } from "./since-cleared.ts"

export interface CountOptions extends FieldOptions {
  /** How far back is counted. */
  readonly window: Duration
  /** How many statements are remembered; 50 unless told. Beyond it the count stays at the newest ones. */
  readonly keep?: number
}

/** How much happened within the window: the sum of the counted numbers, each signal once however often it arrives. */
export const count = (options: CountOptions): Field<number, number> => {
  const window = parseDuration(options.window)
  return createField(
    {
      key: bySignal,
      keep: options.keep ?? 50,
      read: readSinceCleared(
        (counted) => counted.reduce((sum, { value }) => sum + Number(value), 0),
        (entry, now) => now - entry.at < window,
      ),
    },
    z.int().check(z.positive()),
    options,
  )
}
