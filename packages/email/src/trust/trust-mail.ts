import { createHash } from "node:crypto"
import { canonical, canonicalIdentity, type Identity } from "@tellonce/core"
import type { InboundEmail } from "../inbound-email.ts"
import { isProven, type SenderProof } from "../sender-proof.ts"

/**
 * How far a mail can be believed. `verified`: it answers our own mail, from a proven address of that customer. `authenticated`: it comes from a
 * proven address of a customer. `thread-only`: it answers our own mail, but not provably from that customer. `claimed`: it names a customer's
 * address and does not prove it. `unknown`: its address is no customer's.
 */
export type TrustLevel = "verified" | "authenticated" | "thread-only" | "claimed" | "unknown"

/** Whom and what a mail of ours was about, as the token in its answer says. */
export interface ReplyThread {
  readonly customer: Identity
  readonly matter?: string | undefined
}

export interface MailTrust {
  readonly level: TrustLevel
  /** The sender's own, where the address is proven; else one of this mail thread, which no customer's context is read from or written to. */
  readonly identity: Identity
  /** Who the sender would be if the mail spoke the truth: to be shown as a claim, and used for nothing. */
  readonly claims?: Identity
  readonly matter?: string
  /** The thread of ours that the mail came back in. Its customer need not be the sender. */
  readonly thread?: ReplyThread
  /** May an answer to this address, or a program that writes it, use what is known of the customer? */
  readonly mayRead: boolean
}

export interface TrustOptions {
  /** What the transport has proven of the address in From. */
  readonly proof: SenderProof
  /** From `readThread` of `createReplyThreads`; absent when the mail carries no token of ours. */
  readonly thread?: ReplyThread | undefined
  /** Is this a proven address of that customer; or, when none is named, of any? */
  readonly isAddressOf: (address: string, customer: Identity | undefined) => boolean | Promise<boolean>
}

/** Decides what a mail may read and whose context it may change. Subject, Reply-To, display name and body are not asked. */
export const trustMail = async (mail: InboundEmail, options: TrustOptions): Promise<MailTrust> => {
  const { proof, thread, isAddressOf } = options
  const sender = canonicalIdentity({ kind: "email", value: mail.from.address })
  const proven = isProven(mail.from.address, proof)
  const known = await isAddressOf(sender.value, thread?.customer)
  if (thread !== undefined) {
    const { customer, matter } = thread
    const about = { thread, ...(matter !== undefined && { matter }) }
    return proven && known
      ? { level: "verified", identity: sender, mayRead: true, ...about }
      : {
          level: "thread-only",
          identity: threadIdentity([customer, matter]),
          claims: customer,
          mayRead: false,
          ...about,
        }
  }
  if (proven) return { level: known ? "authenticated" : "unknown", identity: sender, mayRead: known }
  // Whoever claims the same address in another thread is somebody else until they prove that they are not.
  const root = mail.references[0] ?? mail.inReplyTo[0] ?? mail.messageId
  const identity = threadIdentity([sender.value, root])
  return { level: known ? "claimed" : "unknown", identity, claims: sender, mayRead: false }
}

const threadIdentity = (thread: unknown): Identity => ({
  kind: "mail.thread",
  value: createHash("sha256").update(canonical(thread)).digest("hex").slice(0, 32),
})
