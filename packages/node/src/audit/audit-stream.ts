import type { Identity } from "@tellonce/core"
import type { Principal } from "../principal.ts"
import type { Audit } from "./create-audit.ts"

/** Notes that somebody is about to follow a customer: they see what comes until their credential ends, at the latest. */
export const auditStream = async (
  audit: Audit,
  {
    principal,
    identity,
    others,
  }: { readonly principal: Principal; readonly identity: Identity; readonly others: readonly string[] },
): Promise<void> => {
  if (principal.kind === "visitor" || principal.kind === "customer") return
  const until = "expiresAt" in principal ? principal.expiresAt : undefined
  await audit.note({ principal, action: "stream", subject: identity, others, outcome: "allowed", detail: { until } })
}
