import { type Context, type ContextDefinition, type Millis, view } from "@tellonce/core"
import type { AccessPolicy, Agent } from "./access-policy.ts"
import { checkPolicy } from "./check-policy.ts"
import { consentFields, hasConsented, hasDenied } from "./consent-fields.ts"
import { claims, logEvents } from "./event-fields.ts"
import { type Purpose, service } from "./purpose.ts"
import { adult, hasStanding, processing } from "./standing.ts"

/** What `can` decides by, made from the policy once. */
export interface Access {
  /** All that can be read: the definition's fields, the house's, and `$events`. */
  readonly fields: readonly string[]
  readonly consentFields: readonly string[]
  /** The entry of a registered agent. */
  agent(id: string): Agent | undefined
  /** What a read with this purpose may use of this customer; the context is the whole one, consents included. */
  purpose(name: string, context: Context, now: Millis): Purpose
}

/** Throws `config/agents` or `config/purposes` for a policy that cannot be meant. */
export const createAccess = (definition: ContextDefinition, policy: AccessPolicy = {}): Access => {
  const fields = [...definition.places.map(({ name }) => name).filter((name) => name !== claims), logEvents]
  checkPolicy(policy, fields)
  const { agents = [], purposes = {} } = policy
  const registry = new Map(agents.map((agent) => [agent.id, agent]))
  const purposesOf = new Map(Object.entries(purposes))
  const consents = consentFields(definition)
  const isGranted = (name: string, context: Context, now: Millis): boolean => {
    const isMarked = hasStanding(context, consents)
    if (name === service && !isMarked) return true
    const seen = view(context, { now })
    if (isMarked && hasDenied(seen, consents, processing)) return false
    return name === service || (!(isMarked && hasDenied(seen, consents, adult)) && hasConsented(seen, consents, name))
  }
  return {
    fields,
    consentFields: consents,
    agent: (id) => registry.get(id),
    purpose: (name, context, now) => ({
      name,
      serves: (field) => (purposesOf.get(field) ?? [service]).includes(name),
      granted: isGranted(name, context, now),
    }),
  }
}
