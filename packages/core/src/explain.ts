import type { Context } from "./context.ts"
import type { Fields } from "./define-context.ts"
import type { Entry } from "./entry.ts"
import { fieldNamed } from "./field-named.ts"
import { closedMatters } from "./house-view.ts"
import { type Provenance, stampOn } from "./provenance.ts"
import { type FieldView, liveEntries, readField } from "./read-field.ts"
import type { ViewOptions } from "./view.ts"

export interface Explanation {
  readonly field: string
  readonly state: FieldView["state"]
  /** The statement that gives the value; undefined when none does. */
  readonly winner: Voice | undefined
  /** All others that are kept, newest first, each with why it does not count. */
  readonly losers: readonly (Voice & { readonly because: string })[]
  readonly because: string
}

/** A statement, by the id of its signal. */
export type Voice = Provenance & { readonly signal: string; readonly value: unknown; readonly cleared: boolean }

/** Which signal won a field, which lost, and why, in words. */
export const explain = <F extends Fields>(
  context: Context<F>,
  name: keyof F & string,
  options: ViewOptions,
): Explanation => {
  const field = fieldNamed(context.definition, name)
  const entries = context.entries[context.definition.placeOf.get(name)?.index ?? -1] ?? []
  const { now, matter, maxAge } = options
  const reading = { now, matter, maxAge, field, closed: closedMatters(context) }
  const read = readField(entries, reading)
  const live = liveEntries(entries, reading)
  const winner = field.rule.read(live, reading)?.entry
  return {
    field: name,
    state: read.state,
    winner: winner && voice(winner, now),
    losers: entries
      .filter((entry) => entry !== winner)
      .map((entry) => ({ ...voice(entry, now), because: whyNot(entry, winner, live) })),
    because: why(read, winner, live),
  }
}

const voice = (entry: Entry, now: number): Voice =>
  stampOn({ signal: entry.id, value: entry.value, cleared: entry.cleared === true }, entry, now)

const why = (read: FieldView, winner: Entry | undefined, live: readonly Entry[]): string => {
  if (read.state === "expired") return "It was known, and is older than it may be kept, or its matter is closed."
  if (winner === undefined)
    return live.length === 0 ? "Nobody has said it." : "It was cleared, and nothing has been said since."
  if (read.state === "conflicting")
    return `The ${winner.authority} said it last, and another authority that is fresh says something else.`
  const outranked = live.some((entry) => entry.at > winner.at && entry.authority !== winner.authority)
  const chosen = outranked
    ? `The ${winner.authority} is believed before those who spoke later.`
    : `The ${winner.authority} said it last.`
  return read.state === "stale" ? `${chosen} It is older than it counts as fresh.` : chosen
}

const whyNot = (loser: Entry, winner: Entry | undefined, live: readonly Entry[]): string => {
  if (!live.includes(loser)) return "too old, or of a closed matter"
  if (loser.cleared) return "it clears"
  if (winner === undefined) return "cleared since"
  if (loser.matter !== winner.matter) return "of another matter"
  return loser.at > winner.at ? `a ${winner.authority} is believed before a ${loser.authority}` : "said earlier"
}
