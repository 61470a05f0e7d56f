import { canonical } from "./canonical.ts"
import type { ContextDefinition, Fields } from "./define-context.ts"
import { compareEntries, type Entry } from "./entry.ts"
import { TellonceError } from "./errors.ts"
import { joinEntries } from "./join-entries.ts"

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
  const entries = mine.definition.places.map(([, field], place) =>
    joinEntries(mine.entries[place] ?? nothing, theirs.entries[place] ?? nothing, field.rule.keep),
  )
  return entries.every((joined, place) => joined === mine.entries[place]) ? mine : { ...mine, entries }
}

/** The canonical text (RFC 8785): equal contexts have equal bytes, so that a SHA-256 of it compares contexts from outside. */
export const encodeContext = ({ definition, entries }: Context): string => {
  const kept = definition.places.flatMap(([name], place) => {
    const list = entries[place] ?? nothing
    return list.length === 0 ? [] : [[name, list.map(({ key: _key, ...entry }) => entry)]]
  })
  return canonical({ name: definition.name, version: definition.version, fields: Object.fromEntries(kept) })
}

/** Reads an encoded context, an older version through the definition's upgrades. Refuses any other: `context/stranger`. */
export const decodeContext = <F extends Fields>(definition: ContextDefinition<F>, text: string): Context<F> => {
  const encoded = upgrade(definition, JSON.parse(text) as Encoded)
  const entries = definition.places.map(([name, { rule }]) => {
    const list = encoded.fields[name]
    if (list === undefined) return nothing
    const keyed = list.map((entry): Entry => ({ ...entry, key: rule.key(entry.value, entry) }))
    return joinEntries(
      nothing,
      keyed.sort((a, b) => compareEntries(b, a)),
      rule.keep,
    )
  })
  return { definition, entries }
}

type EncodedEntry = Omit<Entry, "key">

interface Encoded {
  readonly name: string
  readonly version: number
  readonly fields: Readonly<Record<string, readonly EncodedEntry[]>>
}

const upgrade = ({ name, version, upgrades, placeOf }: ContextDefinition, encoded: Encoded): Encoded => {
  if (encoded.name === name && encoded.version === version) return encoded
  const step = encoded.name === name && encoded.version < version ? upgrades[encoded.version] : undefined
  if (step === undefined) {
    throw new TellonceError(
      "context/stranger",
      `"${name}" version ${version} cannot read a context of "${encoded.name}" version ${encoded.version}. Declare an upgrade from it, or read it with its own definition.`,
    )
  }
  const fields: Record<string, EncodedEntry[]> = {}
  for (const [field, entries] of Object.entries(encoded.fields)) {
    for (const entry of entries) {
      // What the house keeps it upgrades itself; a definition changes its own fields alone.
      const upgraded =
        placeOf.has(field) && field.startsWith("$") ? { field, value: entry.value } : step(field, entry.value)
      if (upgraded) fields[upgraded.field] = [...(fields[upgraded.field] ?? []), { ...entry, value: upgraded.value }]
    }
  }
  return upgrade({ name, version, upgrades, placeOf } as ContextDefinition, {
    name,
    version: encoded.version + 1,
    fields,
  })
}
