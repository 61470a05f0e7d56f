import { canonical } from "../canonical.ts"
import type { Entry } from "../entry.ts"
import { createField, type Field, type FieldOptions, type Reading, type Rule, type Said } from "../field.ts"
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
    const winner = mostTrusted(mine, reading)
    if (winner.cleared) return undefined
    const others = contradictions(mine, winner, reading)
    return others.length === 0 ? said(winner) : { ...said(winner), others }
  },
}

const said = (entry: Entry): Said => ({ value: entry.value, entry })

/** The entries of the asked matter and those of none; where there are none, what was said in other matters. */
const ofMatter = (entries: readonly Entry[], { matter, field }: Reading): readonly Entry[] => {
  if (matter === undefined || field.scope === "person") return entries
  const own = entries.filter((entry) => entry.matter === matter || entry.matter === undefined)
  return own.length === 0 ? entries : own
}

/** Of the fresh entries the one whose authority ranks first, the newest of equals; with nothing fresh, the newest of all. */
const mostTrusted = (entries: readonly Entry[], reading: Reading): Entry => {
  const [newest, ...rest] = entries as readonly [Entry, ...Entry[]]
  return rest.reduce((best, entry) => {
    if (!isFresh(entry, reading)) return best
    return rank(entry.authority, reading) < rank(best.authority, reading) ? entry : best
  }, newest)
}

const isFresh = (entry: Entry, { now, field }: Reading): boolean => now - entry.at < field.freshFor

/** Smaller is believed first. Where a field declares no order, whoever states is believed before a bot and a guess. */
const rank = (authority: Authority, { field }: Reading): number => {
  if (field.authority.length === 0) return authority === "inferred" ? 2 : authority === "bot" ? 1 : 0
  const place = field.authority.indexOf(authority)
  return place === -1 ? field.authority.length : place
}

/** Fresh entries of another authority, of the same rank, that say something else: the declared order did not settle it. */
const contradictions = (entries: readonly Entry[], winner: Entry, reading: Reading): readonly Entry[] =>
  entries.filter(
    (entry) =>
      entry.authority !== winner.authority &&
      !entry.cleared &&
      isFresh(entry, reading) &&
      isFresh(winner, reading) &&
      rank(entry.authority, reading) === rank(winner.authority, reading) &&
      canonical(entry.value) !== canonical(winner.value),
  )
