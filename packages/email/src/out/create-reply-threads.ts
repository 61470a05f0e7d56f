import { createHmac, randomBytes, timingSafeEqual } from "node:crypto"
import { canonical, identityKey, type Millis, TellonceError } from "@tellonce/core"
import type { InboundEmail } from "../inbound-email.ts"
import type { ReplyThread } from "../trust/trust-mail.ts"
import { toBase32 } from "./base32.ts"
import { deriveKeys, type MailKeys } from "./derive-keys.ts"

/** What is kept of an open thread: an address has no room for it. */
export interface KeptThread extends ReplyThread {
  readonly until: Millis
}

export interface ReplyThreadsOptions {
  readonly keys: MailKeys
  /** Where answers go, such as `support@acme.example`: its mail server has to deliver `support+…@acme.example`, too. */
  readonly address: string
  /** Durable: answers come after days and restarts. */
  readonly keep: (id: string, thread: KeptThread) => Promise<void>
  readonly find: (id: string) => Promise<KeptThread | undefined>
  readonly clock: () => Millis
  /** Of the system unless told. */
  readonly random?: (bytes: number) => Uint8Array
}

/** For one mail of ours: what its answers and reports come back with. For `toMessage`. */
export interface OpenThread {
  /** For Reply-To, and for MAIL FROM, so that a report tells which mail came back. */
  readonly replyTo: string
  /** Without angle brackets; returns in In-Reply-To where an answer goes to the bare address. */
  readonly messageId: string
}

export interface ReplyThreads {
  /** For 90 days unless told: a token is a secret that gets forwarded with the mail. */
  openThread(thread: ReplyThread, lifetime?: Millis): Promise<OpenThread>
  /** Undefined for a mail that carries no token of ours, one that has ended, or those of two customers. */
  readThread(mail: InboundEmail): Promise<ReplyThread | undefined>
}

const day: Millis = 86_400_000
/** 16 bytes of chance and 80 bits of signature. */
const tokenPattern = /^c([a-z2-7]{26})([a-z2-7]{16})$/
/** A mail that carries more is looking for one that fits. */
const mostTokens = 5

/** Tokens that tell which customer and matter an answer is about, wherever the mail program puts them. Signed; nothing else in a mail is asked. */
export const createReplyThreads = (options: ReplyThreadsOptions): ReplyThreads => {
  const { address, keep, find, clock, random = randomBytes } = options
  const keys = deriveKeys(options.keys, "reply")
  const at = address.lastIndexOf("@")
  const [local, domain] = [address.slice(0, at), address.slice(at + 1).toLowerCase()]
  // RFC 5321 gives the part before the @ 64 octets; "+" and token take 44 of them.
  if (at < 1 || domain === "" || local.length > 20 || /[^!-~]|\+/.test(local)) {
    throw new TellonceError(
      "mail/reply_address",
      "Answers need a plain address of at most 20 characters before the @ and no +. Choose a shorter one.",
    )
  }
  const verify = async (token: string): Promise<ReplyThread | undefined> => {
    const [, id = "", signature = ""] = tokenPattern.exec(token) ?? []
    const kept = await find(id)
    if (kept === undefined || kept.until <= clock()) return undefined
    if (!keys.some((key) => isSame(sign(key, domain, id, kept), signature))) return undefined
    const { customer, matter } = kept
    return { customer, ...(matter !== undefined && { matter }) }
  }
  return {
    async openThread({ customer, matter }, lifetime = 90 * day) {
      const id = toBase32(random(16))
      const thread = { customer, ...(matter !== undefined && { matter }), until: clock() + lifetime }
      await keep(id, thread)
      const token = `c${id}${sign(keys[0], domain, id, thread)}`
      return { replyTo: `${local}+${token}@${domain}`, messageId: `${token}.${toBase32(random(10))}@${domain}` }
    },
    async readThread(mail) {
      const tokens = [...new Set(tokensIn(mail, { local, domain }))]
      if (tokens.length > mostTokens) return undefined
      const threads = (await Promise.all(tokens.map(verify))).filter((thread) => thread !== undefined)
      const [first, ...others] = threads
      if (first === undefined || others.some((one) => identityKey(one.customer) !== identityKey(first.customer)))
        return undefined
      // An answer that quotes two matters of one customer is theirs, and about neither for certain.
      return others.every(({ matter }) => matter === first.matter) ? first : { customer: first.customer }
    },
  }
}

const sign = (key: Uint8Array, domain: string, id: string, { customer, matter, until }: KeptThread): string => {
  const bound = canonical([domain, id, identityKey(customer), matter ?? null, until])
  return toBase32(createHmac("sha256", key).update(bound).digest().subarray(0, 10))
}

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** Letter for letter as we wrote them: of a token that could be written in two ways, one would not be ours. */
const tokensIn = (mail: InboundEmail, { local, domain }: { local: string; domain: string }): readonly string[] => {
  const recipients = [...(mail.envelope?.to ?? []), ...[...mail.to, ...mail.cc].map(({ address }) => address)]
  const fromAddress = (address: string) => {
    const [before = "", host = ""] = splitAt(address)
    const isOurs = host.toLowerCase() === domain && before.slice(0, local.length + 1) === `${local}+`
    return isOurs ? before.slice(local.length + 1) : ""
  }
  const fromId = (id: string) => {
    const [before = "", host = ""] = splitAt(id)
    return host === domain ? (before.split(".", 1)[0] ?? "") : ""
  }
  const returned = mail.bounce?.returned === undefined ? [] : [mail.bounce.returned]
  const ids = [...mail.inReplyTo, ...mail.references, ...returned]
  return [...recipients.map(fromAddress), ...ids.map(fromId)].filter((token) => tokenPattern.test(token))
}

const splitAt = (address: string): readonly [string, string] => {
  const at = address.lastIndexOf("@")
  return [address.slice(0, Math.max(at, 0)), address.slice(at + 1)]
}
