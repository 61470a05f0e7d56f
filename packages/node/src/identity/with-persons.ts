import type { Tokens } from "../tokens.ts"
import type { IdentityRules } from "./identity-rules.ts"
import { toPersonalIdentity } from "./to-canonical-identity.ts"

/**
 * Tokens for identities as they are stored, and for nobody who is nobody: a backend that signs in user "undefined" would show all such
 * users each other's context. Issuing throws 400 `identity/…`; a token signed elsewhere for nobody is none.
 */
export const withPersons = (tokens: Tokens, rules: IdentityRules): Tokens => ({
  ...tokens,
  issue: async (grant) =>
    tokens.issue("identity" in grant ? { ...grant, identity: toPersonalIdentity(rules, grant.identity) } : grant),
  async verify(token) {
    const holder = await tokens.verify(token)
    if (holder === undefined || !("identity" in holder)) return holder
    const result = rules.canonical(holder.identity)
    if (!result.ok || (result.identity.kind !== "anonymous" && rules.isBlocked(result.identity))) return undefined
    return { ...holder, identity: result.identity }
  },
})
