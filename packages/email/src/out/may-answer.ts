import type { InboundEmail } from "../inbound-email.ts"
import type { MailTrust } from "../trust/trust-mail.ts"

export type MayAnswer =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly because: "automated" | "asked_not_to" | "nobody" | "unproven" }

/**
 * May a program answer this mail with what is known of the customer? Not a machine, which would answer back; not who asked for no automatic
 * answers; and not who has not proven to be the customer.
 */
export const mayAnswer = (mail: InboundEmail, trust: Pick<MailTrust, "mayRead">): MayAnswer => {
  const refused = (because: Exclude<MayAnswer, { allowed: true }>["because"]) => ({ allowed: false, because }) as const
  if (mail.automated !== null) return refused("automated")
  if (mail.envelope?.from === "" || /^(no-?reply|do-?not-?reply)@/i.test(mail.from.address)) return refused("nobody")
  const suppressed = mail
    .headers("x-auto-response-suppress")
    .join(",")
    .split(/[\s,;]+/)
  if (suppressed.some((kind) => /^(all|autoreply)$/i.test(kind))) return refused("asked_not_to")
  return trust.mayRead ? { allowed: true } : refused("unproven")
}
