import type { ServiceStore } from "@tellonce/core"
import {
  type ContextLinks,
  createContextLinks,
  createReplyThreads,
  type InboundEmail,
  type KeptThread,
  type MailMessage,
} from "@tellonce/email"
import type { Tellonce } from "@tellonce/node"
import { openJournal } from "../journal.ts"
import type { Sessions } from "../session.ts"
import type { ShopFields } from "../shop-context.ts"
import { createMailDesk, support } from "./create-mail-desk.ts"
import { createMailServer } from "./mail-server.ts"
import { createMailboxes, type KeptMail, type Mailboxes } from "./mailboxes.ts"
import { proveByDns } from "./prove-by-dns.ts"
import { sendMail } from "./send-mail.ts"

export interface MailOptions {
  readonly tellonce: Tellonce<ShopFields>
  readonly store: Pick<ServiceStore, "once">
  readonly sessions: Pick<Sessions, "mailPassword">
  readonly secret: string
  readonly dataDirectory: string
  readonly port: number
  /** Where links in mails lead. */
  readonly shopUrl: string
  readonly clock: () => number
}

export interface ShopMail {
  readonly port: number
  readonly links: ContextLinks
  readonly mailboxes: Mailboxes
  /** As support. */
  send(message: MailMessage): Promise<void>
  /** As a customer: an answer to support's last mail, or the first mail to it. */
  sendCustomerMail(from: string, mail: { readonly subject: string; readonly text: string }): Promise<void>
  close(): Promise<void>
}

/** All of the shop's mail: a server, the mailboxes of the customers, and support's desk. */
export const openMail = async (options: MailOptions): Promise<ShopMail> => {
  const { tellonce, store, sessions, secret, dataDirectory, shopUrl, clock } = options
  const mailboxes = createMailboxes(await openJournal<KeptMail>(`${dataDirectory}/mailboxes.jsonl`))
  const kept = await openJournal<{ readonly id: string; readonly thread: KeptThread }>(`${dataDirectory}/threads.jsonl`)
  const links = createContextLinks({ keys: [secret], page: `${shopUrl}/`, audience: "acme", once: store.once, clock })
  const threads = createReplyThreads({
    keys: [secret],
    address: support.address,
    keep: (id, thread) => kept.append({ id, thread }),
    find: async (id) => kept.entries.find((entry) => entry.id === id)?.thread,
    clock,
  })
  const submit = (user: string) => ({ port: server.port, auth: { user, pass: sessions.mailPassword(user) } })
  const send = (message: MailMessage) => sendMail({ ...submit(support.address), ...message })
  const takeForSupport = createMailDesk({ tellonce, threads, links, clock, send, onError: console.error })
  const server = await createMailServer({
    port: options.port,
    passwordOf: sessions.mailPassword,
    prove: proveByDns,
    async onMail(mail, proof, account) {
      const recipients = mail.envelope?.to ?? []
      const owners = recipients.filter((address) => !isSupport(address))
      if (account !== undefined && !isSupport(account)) owners.push(account)
      if (recipients.some(isSupport)) await takeForSupport(mail, proof)
      await Promise.all(owners.map((owner) => mailboxes.keep(toKept(mail, owner, clock()))))
    },
  })
  return {
    port: server.port,
    links,
    mailboxes,
    send,
    sendCustomerMail: (from, mail) => {
      const { replyTo, messageId } = mailboxes.of(from).find((kept) => kept.replyTo !== undefined) ?? {}
      const answers = messageId === undefined ? {} : { inReplyTo: `<${messageId}>` }
      return sendMail({ ...submit(from), from, to: replyTo ?? support.address, ...answers, ...mail })
    },
    close: server.close,
  }
}

/** With or without the token of a thread behind its +. */
const isSupport = (address: string): boolean => address.toLowerCase().replace(/\+[^@]*/, "") === support.address

const toKept = (mail: InboundEmail, owner: string, at: number): KeptMail => {
  const { from, subject, text, messageId } = mail
  const [replyTo] = mail.headers("reply-to")
  const kept = { owner: owner.toLowerCase(), from: from.address, subject, text: text.slice(0, 20_000), at, messageId }
  return replyTo === undefined ? kept : { ...kept, replyTo }
}
