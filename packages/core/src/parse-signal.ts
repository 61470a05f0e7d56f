import * as z from "zod/mini"
import type { ContextDefinition, Fields } from "./define-context.ts"
import { type Refusal, refuse } from "./errors.ts"
import { admitFact } from "./field.ts"
import { canonicalIdentity } from "./identity.ts"
import type { Signal } from "./signal.ts"
import { authorities } from "./stamp.ts"

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max))
const Id = z.string().check(z.regex(/^[^\s#]{1,128}$/))
const FieldName = text(64)
const IdentitySchema = z.strictObject({ kind: z.string().check(z.regex(/^[a-z][a-z0-9._-]{0,31}$/)), value: text(320) })

const own = <Name extends string>(name: Name) => z.literal(name)
const EventSchema = z.union([
  z.strictObject({ name: own("message"), text: text(65_536), subject: z.optional(z.string().check(z.maxLength(998))) }),
  z.strictObject({ name: own("asked"), fields: z.array(FieldName).check(z.minLength(1), z.maxLength(64)) }),
  z.strictObject({ name: own("told"), facts: z.record(z.string(), z.json()) }),
  z.strictObject({ name: own("linked"), to: IdentitySchema, proof: z.enum(["verified", "claimed"]) }),
  z.strictObject({ name: own("unlinked"), to: IdentitySchema }),
  z.strictObject({
    name: text(64).check(z.refine((name) => !houseNames.has(name))),
    data: z.optional(z.record(z.string(), z.json())),
  }),
])
const houseNames: ReadonlySet<string> = new Set(["message", "asked", "told", "linked", "unlinked"])

/** The envelope of a signal on the wire. Facts are checked by the definition's own schemas. */
export const SignalSchema = z.strictObject({
  id: Id,
  at: z.int().check(z.gte(0)),
  identity: IdentitySchema,
  authority: z.enum(authorities),
  channel: text(64),
  source: text(64),
  speaker: z.optional(text(128)),
  matter: z.optional(text(128)),
  facts: z.optional(z.record(z.string(), z.unknown())),
  cleared: z.optional(z.array(FieldName).check(z.maxLength(64))),
  event: z.optional(EventSchema),
})

/** Admits an unknown value as a signal of this definition, its identity canonical and its facts as their schemas give them. Never throws. */
export const parseSignal = (
  definition: ContextDefinition<Fields>,
  input: unknown,
): { ok: true; signal: Signal } | Refusal => {
  const parsed = SignalSchema.safeParse(input)
  if (!parsed.success) return refuse(...envelopeProblem(parsed.error.issues[0]))
  const { facts, ...envelope } = parsed.data
  // The names as they were sent: a schema for records drops "__proto__" without a word.
  const sent = Object.keys((input as { readonly facts?: object }).facts ?? {})
  const unknown = [...sent, ...(envelope.cleared ?? [])].find((name) => !Object.hasOwn(definition.fields, name))
  if (unknown !== undefined) {
    return refuse(
      "fact/unknown_field",
      `The definition "${definition.name}" has no field of that name. Declare it, or correct the name.`,
    )
  }
  const admitted: Record<string, unknown> = {}
  for (const [name, fact] of Object.entries(facts ?? {})) {
    const field = definition.fields[name]
    const result = field && admitFact(name, field, fact)
    if (result?.ok === false) return result
    admitted[name] = result?.fact
  }
  const signal = { ...envelope, identity: canonicalIdentity(envelope.identity) }
  return { ok: true, signal: facts === undefined ? signal : { ...signal, facts: admitted } }
}

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
