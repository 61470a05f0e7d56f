import { canonicalIdentity, type Identity } from "@tellonce/core"

/**
 * Whether the sender is who From says, as the transport found it. `verified` names the address that was proven and holds for no other;
 * all else is `claimed`, for anyone can write anything into From.
 */
export type SenderProof =
  | { readonly level: "verified"; readonly method: "smtp-auth" | "dmarc"; readonly address: string }
  | { readonly level: "claimed" }

/** Whom the mail speaks for. A claim gets an identity of its own, so that it can never reach the proven customer's context. */
export const senderIdentity = (from: string, sender: SenderProof): Identity => {
  const claimed = canonicalIdentity({ kind: "email", value: from })
  const proven =
    sender.level === "verified" && !isDisguised(from) && canonicalIdentity({ kind: "email", value: sender.address })
  return proven && proven.value === claimed.value ? claimed : { kind: "unproven.email", value: claimed.value }
}

/** The KELVIN SIGN is a k in lower case: two addresses that differ must not become one by it. */
const isDisguised = (address: string): boolean =>
  [...address].some((letter) => letter > "\u007f" && /[a-z]/.test(letter.toLowerCase()))
