import { canonical } from "../canonical.ts"
import type { Entry } from "../entry.ts"
import { createField, type Field, type FieldOptions, type Reading, type Rule } from "../field.ts"
import type { Authority, Stamp } from "../stamp.ts"
import type { OutputOf, StandardSchema } from "../standard-schema.ts"

/** One register per authority, speaker and matter. Sixteen: more voices than that on one field are noise. */
const registers = 16

/**
 * The most recent statement drives. One register per authority is kept, so that "the customer said" and "the order system says"
 * are told apart at read and a contradiction can be seen instead of being overwritten.
 */
export const latest = <Schema extends StandardSchema>(
  schema: Schema,
  options?: FieldOptions,
): Field<OutputOf<Schema>, OutputOf<Schema>> => createField(rule, schema, options)

const rule: Rule = {
  key: (_value, { authority, speaker, matter }: Stamp) =>
    speaker === undefined && matter === undefined ? authority : canonical([authority, speaker ?? null, matter ?? null]),
  keep: registers,
  read: (entries, reading) => {
    const mine = ofMatter(entries, reading)
    const newest = mine[0]
    if (newest === undefined) return undefined
    const winner = mostTrusted(mine, newest, reading)
    if (winner.cleared) return undefined
    const others = isFresh(winner, reading) ? contradictions(mine, winner, reading) : []
    return { value: winner.value, entry: winner, others }
  },
}

/** The entries of the asked matter and those of none; where there are none, what was said in other matters. */
const ofMatter = (entries: readonly Entry[], { matter, field }: Reading): readonly Entry[] => {
  if (matter === undefined || field.scope === "person") return entries
  const own = entries.filter((entry) => entry.matter === matter || entry.matter === undefined)
  return own.length === 0 ? entries : own
}

/** Of the fresh entries the one whose authority ranks first, the newest of equals; with nothing fresh, the newest of all. */
const mostTrusted = (entries: readonly Entry[], newest: Entry, reading: Reading): Entry => {
  let best = newest
  for (const entry of entries) {
    if (rank(entry.authority, reading) < rank(best.authority, reading) && isFresh(entry, reading)) best = entry
  }
  return best
}

const isFresh = (entry: Entry, { now, field }: Reading): boolean => now - entry.at < field.freshFor

/** Smaller is believed first. Where a field declares no order, whoever states is believed before a bot and a guess. */
const rank = (authority: Authority, { field }: Reading): number => {
  if (field.authority.length === 0) return authority === "inferred" ? 2 : authority === "bot" ? 1 : 0
  const place = field.authority.indexOf(authority)
  return place === -1 ? field.authority.length : place
}

/** Fresh entries of another authority, of the same rank, that say something else: the declared order did not settle it. */
const contradictions = (entries: readonly Entry[], { authority, value }: Entry, reading: Reading): readonly Entry[] =>
  entries.filter(
    (entry) =>
      entry.authority !== authority &&
      !entry.cleared &&
      isFresh(entry, reading) &&
      rank(entry.authority, reading) === rank(authority, reading) &&
      !isSame(entry.value, value),
  )

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === "object" && typeof b === "object" && canonical(a) === canonical(b))
