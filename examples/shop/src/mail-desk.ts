import { canonicalIdentity } from "@tellonce/core"
import { type InboundEmail, replyTemplate, type SenderProof, senderIdentity, toSignals } from "@tellonce/email"
import type { Tellonce } from "@tellonce/node"
import { returnCase, type ShopFields } from "./shop-context.ts"
import { understand } from "./understand.ts"

export const supportAddress = "support@acme.example"

export interface MailDesk {
  readonly tellonce: Tellonce<ShopFields>
  readonly clock: () => number
  readonly sendReply: (mail: {
    readonly to: string
    readonly subject: string
    readonly text: string
    readonly inReplyTo: string
  }) => Promise<void>
  readonly onError: (error: unknown) => void
}

/** What happens to a mail the shop's server has taken: a customer's becomes signals and is answered; the shop's own is noted as told. */
export const createMailDesk =
  ({ tellonce, clock, sendReply, onError }: MailDesk) =>
  async (mail: InboundEmail, sender: SenderProof): Promise<void> => {
    if (isSupport(mail.from.address)) return noteReply(tellonce, mail, sender)
    const { signals } = toSignals(mail, {
      sender,
      source: "smtp",
      receivedAt: clock(),
      understand: ({ reply }) => understand(reply),
    })
    // Kept before the server says 250: a mail that was taken is never lost.
    const [result] = await tellonce.record(signals)
    if (result?.status === "rejected") throw new Error(result.code)
    const isProven = signals[0]?.identity.kind === "email"
    if (isProven && result?.status === "accepted") void answer(tellonce, mail, sendReply).catch(onError)
  }

const isSupport = (address: string) => canonicalIdentity({ kind: "email", value: address }).value === supportAddress

const noteReply = async (tellonce: Tellonce<ShopFields>, mail: InboundEmail, sender: SenderProof) => {
  const [to] = mail.to
  if (to === undefined || senderIdentity(mail.from.address, sender).kind !== "email") return
  await tellonce.record([
    {
      identity: { kind: "email", value: to.address },
      authority: "bot",
      channel: "email",
      source: "shop-mail",
      event: { name: "message", text: mail.text.slice(0, 65_536), subject: mail.subject },
    },
  ])
}

const answer = async (tellonce: Tellonce<ShopFields>, mail: InboundEmail, sendReply: MailDesk["sendReply"]) => {
  const identity = { kind: "email", value: mail.from.address }
  const answers = await tellonce.ask(identity, { fields: returnCase, channel: "email", source: "shop-mail" })
  await sendReply({
    to: mail.from.address,
    subject: `Re: ${mail.subject.replace(/^(re:\s*)+/i, "")}`,
    inReplyTo: mail.messageId,
    text: replyTemplate({ greeting: "Hello Ada,", answers, closing: "Kind regards,\nAcme support" }),
  })
}
