import type { ContextDefinition } from "./define-context.ts"
import { type Refusal, refuse } from "./errors.ts"
import { type AnyField, admitFact } from "./field.ts"
import { canonicalIdentity } from "./identity.ts"
import type { Signal } from "./signal.ts"

/**
 * The signal with its identity canonical and its facts as their schemas give them, or why it is refused. The envelope is taken as it is:
 * for whoever has made it. `sent` holds the facts as they came, where a parser may have dropped a name such as "__proto__".
 */
export const admitFacts = (
  definition: ContextDefinition,
  signal: Signal,
  sent: object = signal.facts ?? {},
): { ok: true; signal: Signal } | Refusal => {
  const { facts, cleared } = signal
  const isDeclared = (name: string) => Object.hasOwn(definition.fields, name)
  if (!Object.keys(sent).every(isDeclared) || cleared?.every(isDeclared) === false) {
    return refuse("fact/unknown_field", `"${definition.name}" has no such field. Declare it, or correct the name.`)
  }
  const identity = canonicalIdentity(signal.identity)
  if (facts === undefined) return { ok: true, signal: identity === signal.identity ? signal : { ...signal, identity } }
  let admitted = facts
  for (const name of Object.keys(facts)) {
    const field = definition.fields[name] as AnyField
    const result = admitFact(name, field, facts[name], signal.identity)
    if (!result.ok) return result
    // Mostly a schema gives back what it was given: then nothing is made anew.
    if (result.fact !== facts[name]) admitted = { ...admitted, [name]: result.fact }
  }
  const isAsSent = identity === signal.identity && admitted === facts
  return { ok: true, signal: isAsSent ? signal : { ...signal, identity, facts: admitted } }
}
