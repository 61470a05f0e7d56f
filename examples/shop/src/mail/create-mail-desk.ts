import type { Identity } from "@tellonce/core"
import {
  type ContextLinks,
  type InboundEmail,
  type MailMessage,
  type MailTrust,
  mayAnswer,
  type ReplyThreads,
  type SenderProof,
  toMessage,
  toSignals,
  trustMail,
} from "@tellonce/email"
import type { Tellonce } from "@tellonce/node"
import { noteComplaint } from "../bot/note-complaint.ts"
import { openComplaint } from "../shop-actions.ts"
import { returnCase, type ShopFields } from "../shop-context.ts"
import { understand } from "../understand.ts"
import { draftReply } from "../words/draft-reply.ts"

export const support = { name: "Acme support", address: "support@acme.example" } as const

export interface MailDeskOptions {
  readonly tellonce: Tellonce<ShopFields>
  readonly threads: ReplyThreads
  readonly links: ContextLinks
  readonly clock: () => number
  readonly send: (message: MailMessage) => Promise<void>
  readonly onError: (error: unknown) => void
}

const place = { channel: "email", source: "shop-mail" } as const

/** What happens to a mail to support: it is believed as far as its sender is proven, becomes signals, and is answered if it may be. */
export const createMailDesk = (options: MailDeskOptions) => {
  const { tellonce, threads, clock, onError } = options
  return async (mail: InboundEmail, proof: SenderProof): Promise<void> => {
    const thread = await threads.readThread(mail)
    const trust = await trustMail(mail, { proof, thread, isAddressOf: isAddressOf(tellonce) })
    const { signals } = toSignals(mail, {
      sender: trust,
      source: "smtp",
      receivedAt: clock(),
      understand: ({ reply }) => understand(reply),
      bounced: ({ bounce }) => (bounce?.failed.some(({ permanent }) => permanent) ? { mailArrives: false } : {}),
    })
    // Kept before the server says 250: a mail that was taken is never lost.
    const results = await tellonce.record(signals)
    const refused = results.find(({ status }) => status === "rejected")
    if (refused?.status === "rejected") throw new Error(refused.code)
    if (trust.level === "verified") await noteArrival(tellonce, trust.identity)
    const isNew = results.some(({ status }) => status === "accepted")
    if (isNew && mayAnswer(mail, trust).allowed) void answer(mail, trust, options).catch(onError)
  }
}

/** The shop vouches for an address by linking it to somebody; whoever only writes from one is nobody's customer yet. */
const isAddressOf =
  (tellonce: Tellonce<ShopFields>) =>
  async (address: string, customer: Identity | undefined): Promise<boolean> => {
    const sender = { kind: "email", value: address }
    const { identities } = await tellonce.customer(customer ?? sender)
    return identities.length > 1 && identities.includes(`email:${address}`)
  }

/** Whoever answers a mail of ours has got it. */
const noteArrival = async (tellonce: Tellonce<ShopFields>, identity: Identity): Promise<void> => {
  const { mailArrives } = await tellonce.view(identity)
  if (mailArrives.value !== false) return
  await tellonce.record([{ identity, authority: "inferred", ...place, facts: { mailArrives: true } }])
}

const answer = async (
  mail: InboundEmail,
  { identity }: MailTrust,
  { tellonce, threads, links, send }: MailDeskOptions,
): Promise<void> => {
  await noteComplaint(tellonce, identity, place)
  await tellonce.anchor(identity, "order")
  await tellonce.anchor(identity, "stock")
  const answers = await tellonce.ask(identity, { fields: returnCase, ...place })
  const seen = await tellonce.view(identity)
  const matter = openComplaint(seen)?.matter
  const about = matter === undefined ? {} : { matter }
  const text = draftReply(seen, answers)
  const subject = `Re: ${mail.subject.replace(/^(re:\s*)+/i, "")}`
  const { url } = await links.make({ identity, ...about })
  const thread = await threads.openThread({ customer: identity, ...about })
  const withLink = `${text}\n\nGo on in our chat, where you need not repeat any of this (once, within 3 days):\n${url}`
  await send(
    toMessage({ from: support, to: mail.from, subject, text: withLink, answers: mail, automated: true, thread }),
  )
  // Without the link: it is for whoever reads the mail, and not for every channel that reads the context.
  await tellonce.record([{ identity, authority: "bot", ...place, ...about, event: { name: "message", text, subject } }])
  const { orderStatus, deliveryDate } = seen
  if (orderStatus.value !== undefined && deliveryDate.value !== undefined) {
    const facts = { orderStatus: orderStatus.value, deliveryDate: deliveryDate.value }
    await tellonce.told(identity, { ...place, facts })
  }
}
