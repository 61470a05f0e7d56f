import type { Context, ContextDefinition, Millis } from "@tellonce/core"
import { keepIn } from "./keep-only.ts"

/** May what was said of this field then no longer be served? Fields of the house are named with a `$`. */
export const isExpired = ({ placeOf }: ContextDefinition, field: string, at: Millis, now: Millis): boolean =>
  now - at >= (placeOf.get(field)?.field.keepFor ?? Number.POSITIVE_INFINITY)

/** The context without what has expired, which is in the store until retention has come by. */
export const withoutExpired = (context: Context, now: Millis): Context => {
  const { definition } = context
  if (!definition.places.some(({ field }) => Number.isFinite(field.keepFor))) return context
  return keepIn(context, (name, { at }) => !isExpired(definition, name, at, now))
}
