import { canonicalIdentity, type Identity } from "@tellonce/core"
import { domainOf, isAligned } from "./trust/is-aligned.ts"
import { isHonestAddress } from "./trust/is-honest-address.ts"
import type { SenderAuth } from "./trust/sender-auth.ts"

/**
 * Whether the sender is who From says, as the transport found it. `verified` names the address that was proven and holds for no other;
 * all else is `claimed`, for anyone can write anything into From.
 */
export type SenderProof =
  | {
      readonly level: "verified"
      readonly method: "smtp-auth" | Exclude<SenderAuth["method"], "none">
      readonly address: string
    }
  | { readonly level: "claimed" }

/** Whom the mail speaks for. A claim gets an identity of its own, so that it can never reach the proven customer's context. */
export const senderIdentity = (from: string, sender: SenderProof): Identity => {
  const claimed = canonicalIdentity({ kind: "email", value: from })
  return isProven(from, sender) ? claimed : { kind: "unproven.email", value: claimed.value }
}

/** Does the proof hold for this very address? */
export const isProven = (from: string, sender: SenderProof): boolean => {
  if (sender.level !== "verified" || !isHonestAddress(from)) return false
  const [claimed, proven] = [from, sender.address].map((value) => canonicalIdentity({ kind: "email", value }).value)
  return claimed === proven
}

/** A check's result as a proof of this address: only a pass for the address's own domain is one. */
export const toSenderProof = (from: string, { verdict, method, domain }: SenderAuth): SenderProof =>
  verdict === "pass" && method !== "none" && isHonestAddress(from) && isAligned(domain, domainOf(from))
    ? { level: "verified", method, address: from }
    : { level: "claimed" }
