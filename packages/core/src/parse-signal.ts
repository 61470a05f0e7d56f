import * as z from "zod/mini"
import { admitFacts } from "./admit-facts.ts"
import type { ContextDefinition, Fields } from "./define-context.ts"
import { type Refusal, refuse } from "./errors.ts"
import { isEvent } from "./house-fields.ts"
import type { HouseEventName, Signal, SignalEvent } from "./signal.ts"
import { authorities } from "./stamp.ts"

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max))
/** By these a signal is told from all others: what no database holds as it was sent, a control character or half a pair, is refused. */
const Id = z.string().check(z.regex(/^[^\s#\p{Cc}\p{Cs}]{1,128}$/u))
const Source = text(64).check(z.regex(/^[^\p{Cc}\p{Cs}]*$/u))
const FieldName = text(64)
const IdentitySchema = z.strictObject({ kind: z.string().check(z.regex(/^[a-z][a-z0-9._-]{0,31}$/)), value: text(320) })

const Told = z.record(z.string(), z.json())
const Names = z.array(FieldName).check(z.minLength(1), z.maxLength(64))
const Time = z.int().check(z.gte(0))
const Word = text(128)

/** The members of each event of the house, beside its name. */
const houseEvents = {
  message: { text: text(65_536), subject: z.optional(z.string().check(z.maxLength(998))) },
  asked: { fields: Names },
  told: { facts: Told },
  offered: { facts: Told },
  accepted: { offer: Id },
  promised: { what: text(500), due: z.optional(Time) },
  tried: { what: text(500), outcome: z.optional(z.enum(["worked", "failed"])) },
  linked: { to: IdentitySchema, proof: z.enum(["verified", "claimed"]) },
  unlinked: { to: IdentitySchema },
  opened: { kind: z.optional(Word), title: z.optional(text(200)) },
  closed: { outcome: z.optional(Word) },
  held: { hold: Word, action: Word, reason: text(500), owner: Word, until: z.optional(Time) },
  released: { hold: Word },
  handed: { handoff: Word, to: Word, reason: text(500), fields: z.optional(Names) },
  taken: { handoff: Word },
  declined: { handoff: Word },
} satisfies Record<HouseEventName, object>

const houseSchemas = new Map<unknown, z.ZodMiniType>(
  Object.entries(houseEvents).map(([name, members]) => [name, z.strictObject({ name: z.literal(name), ...members })]),
)
const OtherEvent = z.strictObject({
  name: text(64).check(z.refine((name) => !houseSchemas.has(name))),
  data: z.optional(Told),
})
const EventSchema = z.union([...houseSchemas.values(), OtherEvent])

/** An event by the one schema its name allows: a union would try all of them. */
const parseEvent = (event: unknown) =>
  (houseSchemas.get((event as { readonly name?: unknown } | null)?.name) ?? OtherEvent).safeParse(event)

const Envelope = z.strictObject({
  id: Id,
  at: Time,
  identity: IdentitySchema,
  authority: z.enum(authorities),
  channel: text(64),
  source: Source,
  speaker: z.optional(text(128)),
  matter: z.optional(text(128)),
  facts: z.optional(z.record(z.string(), z.unknown())),
  cleared: z.optional(z.array(FieldName).check(z.maxLength(64))),
  event: z.optional(z.unknown()),
})

/** A signal on the wire. Facts are checked by the definition's own schemas. */
export const SignalSchema = z.extend(Envelope, { event: z.optional(EventSchema) })

/** Admits an unknown value as a signal of this definition, its identity canonical and its facts as their schemas give them. Never throws. */
export type SignalParser = (
  definition: ContextDefinition<Fields>,
  input: unknown,
) => { ok: true; signal: Signal } | Refusal

/** A parser whose schema is `compile`d first, where code may be made at run time: `createSignalParser(z.compile)`. */
export const createSignalParser = (compile: (envelope: typeof Envelope) => typeof Envelope): SignalParser => {
  const envelope = compile(Envelope)
  return (definition, input) => {
    const parsed = envelope.safeParse(input)
    if (!parsed.success) return refuse(...envelopeProblem(parsed.error.issues[0]))
    const event = parsed.data.event === undefined ? undefined : parseEvent(parsed.data.event)
    if (event?.success === false) return refuse(...envelopeProblem({ path: ["event"] }))
    const signal = event ? { ...parsed.data, event: event.data as SignalEvent } : (parsed.data as Signal)
    if (isEvent(signal.event, "opened", "closed") && signal.matter === undefined) {
      return refuse("signal/matter", "A matter is opened and closed by a signal that names it. Add its matter.")
    }
    return admitFacts(definition, signal, (input as { readonly facts?: object }).facts)
  }
}

/** The parser that makes no code: for pages whose policy forbids that. */
export const parseSignal: SignalParser = /* @__PURE__ */ createSignalParser((envelope) => envelope)

type Issue = { readonly path: readonly PropertyKey[]; readonly code?: string | undefined } | undefined

const envelopeProblem = (issue: Issue): [code: string, message: string] => {
  const member = String(issue?.path[0] ?? "")
  if (member === "")
    return [
      "signal/shape",
      "A signal is an object with id, at, identity, authority, channel and source, and no other members than facts, cleared, event, matter and speaker.",
    ]
  return [
    `signal/${member}`,
    `"${issue?.path.join(".")}" is missing or not what a signal holds there. See the Signal schema in the API description.`,
  ]
}
