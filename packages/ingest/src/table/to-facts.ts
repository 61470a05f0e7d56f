import { admitFact, type ContextDefinition, type Identity, isEmpty, type Refusal, refuse } from "@tellonce/core"
import { readPath } from "./read-path.ts"
import type { Row } from "./table.ts"

/** What a row found. */
export interface StatedFacts {
  readonly facts: Readonly<Record<string, unknown>>
  /** Why some are left out. A fact that is not what its field declares costs neither the event nor the other facts. */
  readonly refused: readonly Refusal[]
}

/** What a row states of a message, each fact checked by its field. */
export const toFacts = (
  row: AnyRow,
  body: unknown,
  { definition, by }: { readonly definition: ContextDefinition; readonly by: Identity },
): StatedFacts => {
  const facts: Record<string, unknown> = {}
  const refused: Refusal[] = []
  for (const [name, from] of Object.entries(row)) {
    const field = Object.hasOwn(definition.fields, name) ? definition.fields[name] : undefined
    const value = field && readFrom(from, body)
    if (field === undefined || isEmpty(value)) continue
    const tried = candidates(from, value).map((each) => ({ each, ...admitFact(name, field, each, by) }))
    const admitted = tried.find(({ ok }) => ok) ?? tried[0]
    // As it was sent: the service reads it by the schema once more, which may turn it into something else.
    if (admitted?.ok) facts[name] = admitted.each
    else if (admitted) refused.push(refuse(admitted.code, admitted.message))
  }
  return { facts, refused }
}

/** A row whose fields are no longer known by type. */
export type AnyRow = Row<Readonly<Record<never, never>>, never> & Readonly<Record<string, unknown>>

/** What a path or a function gives of a message. */
export const readFrom = (from: unknown, body: unknown): unknown =>
  typeof from === "function" ? from(body) : typeof from === "string" ? readPath(body, from) : undefined

/** Half the world writes its ids as numbers: what a path finds so, and the field refuses, is tried as text. */
const candidates = (from: unknown, value: unknown): readonly unknown[] =>
  typeof from === "string" && typeof value === "number" ? [value, `${value}`] : [value]
