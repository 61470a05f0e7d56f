import type { Identity } from "@tellonce/core"
import { HttpProblem } from "../http/http-problem.ts"
import { type IdentityRules, nobody } from "./identity-rules.ts"

/** The identity as it is stored. Throws 400 `identity/unsafe`, `identity/email`, `identity/phone` or `identity/blocked`. */
export const toCanonicalIdentity = (rules: IdentityRules, identity: Identity): Identity => {
  const result = rules.canonical(identity)
  if (result.ok) return result.identity
  throw new HttpProblem(400, result.code, result.message)
}

/** As above, and somebody's: for whoever is to be signed in as this identity. */
export const toPersonalIdentity = (rules: IdentityRules, identity: Identity): Identity => {
  const canonical = toCanonicalIdentity(rules, identity)
  if (canonical.kind === "anonymous" || !rules.isBlocked(canonical)) return canonical
  const { code, message } = nobody()
  throw new HttpProblem(400, code, message)
}
