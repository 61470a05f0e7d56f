import { canonical, compareText } from "./canonical.ts"
import type { ContextDefinition, Fields, Place, Upgrades } from "./define-context.ts"
import { compareEntries, type Entry, toEntry } from "./entry.ts"
import { TellonceError } from "./errors.ts"
import { joinEntries } from "./join-entries.ts"
import { quote } from "./quote.ts"
import type { Proof } from "./signal.ts"

/** All that is kept about one customer, or about one of their identities: a value of a join-semilattice. Never changed in place. */
export interface Context<F extends Fields = Fields> {
  readonly definition: ContextDefinition<F>
  /** Per place of the definition, newest first. */
  readonly entries: readonly (readonly Entry[])[]
}

const nothing: readonly Entry[] = []

export const emptyContext = <F extends Fields>(definition: ContextDefinition<F>): Context<F> => ({
  definition,
  entries: definition.places.map(() => nothing),
})

/** What both know. Identities, replicas, nodes, a backup and an offline tab all merge by this one function. */
export const joinContexts = <F extends Fields>(mine: Context<F>, theirs: Context<F>): Context<F> => {
  const entries = mine.definition.places.map(({ index, keep }) =>
    joinEntries(mine.entries[index] ?? nothing, theirs.entries[index] ?? nothing, keep),
  )
  return entries.every((joined, place) => joined === mine.entries[place]) ? mine : { ...mine, entries }
}

/** The canonical text (RFC 8785): equal contexts have equal bytes, so that a SHA-256 of it compares contexts from outside. */
export const encodeContext = ({ definition: { name, version, places }, entries }: Context): string => {
  let fields = ""
  for (const { index, name: field } of sortedPlaces(places)) {
    let list = ""
    for (const entry of entries[index] ?? nothing) list += `${list && ","}${encodeEntry(entry)}`
    if (list) fields += `${fields && ","}"${field}":[${list}]`
  }
  return `{"fields":{${fields}},"name":${JSON.stringify(name)},"version":${version}}`
}

const sorted = new WeakMap<readonly Place[], readonly Place[]>()

/** In the order of their names, which need no escapes. Sorted once for each definition. */
const sortedPlaces = (places: readonly Place[]): readonly Place[] => {
  const known = sorted.get(places)
  if (known) return known
  const made = [...places].sort((a, b) => compareText(a.name, b.name))
  sorted.set(places, made)
  return made
}

/** Members in the order of their names, so that nothing is sorted: contexts are encoded often. */
const encodeEntry = ({ at, authority, channel, cleared, id, matter, source, speaker, value }: Entry): string => {
  let text = `{"at":${at},"authority":"${authority}","channel":${quote(channel)}`
  if (cleared) text += ',"cleared":true'
  text += `,"id":${quote(id)}`
  if (matter !== undefined) text += `,"matter":${quote(matter)}`
  text += `,"source":${quote(source)}`
  if (speaker !== undefined) text += `,"speaker":${quote(speaker)}`
  return value === undefined ? `${text}}` : `${text},"value":${canonical(value)}}`
}

/** Reads an encoded context, an older version through the definition's upgrades. Refuses any other: `context/stranger`. */
export const decodeContext = <F extends Fields>(definition: ContextDefinition<F>, text: string): Context<F> => {
  const encoded = JSON.parse(text) as Encoded
  const steps = stepsFrom(encoded, definition)
  const lists = definition.places.map((): Entry[] => [])
  for (const [name, entries] of Object.entries(encoded.fields)) {
    for (const entry of entries) {
      const { field = "", value } = upgrade(steps, name, entry.value)
      const place = definition.placeOf.get(field)
      if (place) lists[place.index]?.push(toEntry(entry, place.key(value, entry), value, entry.cleared))
    }
  }
  const newestFirst = (a: Entry, b: Entry) => compareEntries(b, a)
  const entries = definition.places.map(({ index, keep }) =>
    joinEntries(nothing, lists[index]?.sort(newestFirst) ?? nothing, keep),
  )
  return { definition, entries }
}

type EncodedEntry = Omit<Entry, "key" | "mark">

interface Encoded {
  readonly name: string
  readonly version: number
  readonly fields: Readonly<Record<string, readonly EncodedEntry[]>>
}

/** The upgrades from the version of the bytes to the definition's. */
const stepsFrom = (encoded: Encoded, { name, version, upgrades }: ContextDefinition) => {
  const steps: Upgrades[number][] = []
  for (let at = encoded.version; at < version; at++) steps.push(upgrades[at] as Upgrades[number])
  if (encoded.name !== name || encoded.version > version || steps.includes(undefined as never)) {
    throw new TellonceError(
      "context/stranger",
      `"${name}" ${version} cannot read "${encoded.name}" ${encoded.version}. Declare an upgrade.`,
    )
  }
  return steps
}

/** What the house keeps it upgrades itself; a definition changes its own fields alone. */
const upgrade = (
  steps: readonly Upgrades[number][],
  field: string,
  value: unknown,
): { readonly field?: string; readonly value?: unknown } => {
  // Claims were once kept among the proven links.
  if (field.startsWith("$"))
    return { field: (value as { proof?: Proof })?.proof === "claimed" ? "$claims" : field, value }
  let at: ReturnType<Upgrades[number]> = { field, value }
  for (const step of steps) at = at && step(at.field, at.value)
  return at ?? {}
}
