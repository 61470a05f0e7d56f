import { type ContextDefinition, type Identity, type Millis, type Refusal, refuse, type Signal } from "@tellonce/core"
import { consentFieldOf } from "./consent-field.ts"
import type { ForeignEvent } from "./foreign-event.ts"
import { hashOf, toSignalId } from "./signal-id.ts"
import { type AnyRow, readFrom, toFacts } from "./table/to-facts.ts"

/** With what events are understood. */
export interface ToSignals {
  readonly definition: ContextDefinition
  readonly table?: Readonly<Record<string, object>> | undefined
  /** Whose event it is, where the company knows it better than the format. */
  readonly identity?: ((body: never) => Identity | undefined) | undefined
  readonly now: Millis
}

/** What an event says, and what of it could not be taken. */
export interface UnderstoodEvent {
  readonly signals: readonly Signal[]
  readonly refused: readonly Refusal[]
}

/** The signals of one event: what happened with the facts its row gives, its links, and what the customer lets be done. */
export const toSignals = (event: ForeignEvent, { definition, table, identity, now }: ToSignals): UnderstoodEvent => {
  const row = (table !== undefined && Object.hasOwn(table, event.name) ? table[event.name] : {}) as AnyRow
  const body = event.body as never
  const told = event.isPublic ? undefined : (row.$identity?.(body) ?? identity?.(body))
  const by = told ?? event.identity
  if (by === undefined) return { signals: [], refused: [nobody] }
  const { authority, channel, source, speaker } = event
  const stamp = { at: event.at ?? now, identity: by, authority, channel, source }
  const id = toSignalId(event.id)
  const { facts, refused } = toFacts(row, body, { definition, by })
  const matter = toMatter(readFrom(row.$matter, body))
  const isStated = Object.keys(facts).length > 0
  const said: Signal = {
    ...stamp,
    id,
    ...(speaker !== undefined && { speaker: speaker.slice(0, 128) }),
    ...(matter !== undefined && { matter }),
    ...(isStated && { facts }),
    ...(event.event !== undefined && { event: event.event }),
  }
  const happened = isStated || event.event !== undefined ? [said] : []
  // Choices first: what they deny is not to be kept by the same breath.
  return {
    signals: [...toChosen(event, { ...stamp, id }, definition), ...happened, ...toLinks(event, { ...stamp, id })],
    refused,
  }
}

type Envelope = Pick<Signal, "id" | "at" | "identity" | "authority" | "channel" | "source">

const toChosen = (
  { choices = {} }: ForeignEvent,
  stamp: Envelope,
  definition: ContextDefinition,
): readonly Signal[] => {
  const field = Object.keys(choices).length > 0 ? consentFieldOf(definition) : undefined
  return field === undefined
    ? []
    : [{ ...stamp, id: `${stamp.id}.consent`, authority: "customer", facts: { [field]: choices } }]
}

/** One claim of two identities is one statement, however often it is repeated. */
const toLinks = ({ links = [] }: ForeignEvent, stamp: Envelope): readonly Signal[] =>
  links.map(({ to, proof }): Signal => {
    const id = proof === "claimed" ? `claim-${hashOf(`${to.kind}:${to.value}`)}` : `${stamp.id}.link-${to.kind}`
    return { ...stamp, id, channel: "identity", event: { name: "linked", to, proof } }
  })

const toMatter = (value: unknown): string | undefined => {
  const text = typeof value === "number" ? `${value}` : value
  return typeof text === "string" && text !== "" ? text.slice(0, 128) : undefined
}

const nobody = refuse(
  "ingest/no_customer",
  'The event does not say whose it is. Send it with an id of the customer, or give its row an "$identity".',
)
