import * as z from "zod/mini"
import { fromVerdicts } from "../trust/from-verdicts.ts"
import { type BasicAuth, checkBasicAuth, hasBasicAuth } from "./basic-auth.ts"
import { type MailProvider, minute, type ProviderOptions, type WebhookRequest } from "./mail-provider.ts"
import { parseJson } from "./parse-json.ts"
import { receivedSpf } from "./received-spf.ts"
import { malformed, unsigned } from "./refusals.ts"
import type { MimeParts } from "./to-mime.ts"
import { toReceived } from "./to-received.ts"

export interface PostmarkOptions extends ProviderOptions {
  /** Postmark signs nothing: the password in the webhook's address is all that tells its posts from others'. */
  readonly auth: BasicAuth
  /**
   * Whether `Received-SPF` is Postmark's own, as it writes it; false unless told, for a sender could write one, too. Without it a mail proves
   * its sender only by its signature: let Postmark include the raw mail, and check that.
   */
  readonly trustHeaders?: boolean
}

const text = z._default(z.string(), "")
const Mailboxes = z._default(z.array(z.object({ Email: z.string(), Name: text })), [])
const Post = z.object({
  MessageID: z.string().check(z.minLength(1), z.maxLength(200)),
  FromFull: z.object({ Email: z.string(), Name: text }),
  ToFull: Mailboxes,
  CcFull: Mailboxes,
  OriginalRecipient: text,
  Subject: text,
  Date: text,
  TextBody: text,
  HtmlBody: text,
  StrippedTextReply: text,
  RawEmail: text,
  Headers: z._default(z.array(z.object({ Name: z.string(), Value: z.string() })), []),
  Attachments: z._default(z.array(z.object({ Name: text, ContentType: text, Content: text })), []),
})
type Post = z.output<typeof Post>

/** Postmark's inbound webhook. */
export const createPostmark = (options: PostmarkOptions): MailProvider => {
  checkBasicAuth(options.auth)
  return {
    name: "postmark",
    dropStatus: 403,
    async verify({ headers, body }: WebhookRequest) {
      if (!hasBasicAuth(headers, options.auth)) return unsigned()
      const post = parseJson(Post, body)
      if (post === undefined) return malformed()
      return { ok: true, delivery: { id: post.MessageID, until: options.clock() + 5 * minute } }
    },
    async parse({ body }) {
      const post = parseJson(Post, body)
      if (post === undefined) return malformed()
      const read = await toReceived(
        {
          source: post.RawEmail === "" ? toParts(post) : Buffer.from(post.RawEmail, "utf8"),
          envelope: { to: post.OriginalRecipient === "" ? [] : [post.OriginalRecipient] },
          stripped: post.StrippedTextReply,
          auth: (domain, headers) =>
            fromVerdicts(
              { domain, spf: options.trustHeaders ? receivedSpf(headers("received-spf")) : undefined, dkim: [] },
              "provider",
            ),
        },
        options,
      )
      if (!read.ok || read.received.kind !== "mail") return read
      // Two readers of From that disagree: one of them was deceived.
      return read.received.mail.from.address.toLowerCase() === post.FromFull.Email.toLowerCase() ? read : malformed()
    },
  }
}

const toParts = (post: Post): MimeParts => {
  const list = post.Headers.map(({ Name, Value }) => [Name, Value] as const)
  const has = (name: string) => list.some(([other]) => other.toLowerCase() === name.toLowerCase())
  const lifted = [
    ["To", post.ToFull.map(toMailbox).join(", ")],
    ["Cc", post.CcFull.map(toMailbox).join(", ")],
    ["Subject", toWord(post.Subject)],
    ["Date", post.Date],
  ] as const
  return {
    headers: [
      ["From", toMailbox(post.FromFull)],
      ...lifted.filter(([name, value]) => value !== "" && !has(name)),
      // A second From that names somebody else stays, for the parser to refuse.
      ...list.filter(([name, value]) => name.toLowerCase() !== "from" || !isSameSender(value, post.FromFull.Email)),
    ],
    text: post.TextBody,
    html: post.HtmlBody,
    attachments: post.Attachments.map(({ Name, ContentType, Content }) => ({
      name: Name,
      type: ContentType,
      bytes: Buffer.from(Content, "base64"),
    })),
  }
}

const isSameSender = (value: string, address: string): boolean =>
  (/^[^<>@,]*<([^<>,]*)>\s*$/.exec(value)?.[1] ?? value).trim().toLowerCase() === address.toLowerCase()

const toMailbox = ({ Email, Name }: { readonly Email: string; readonly Name: string }): string =>
  `${toWord(Name)} <${Email}>`.trim()

/** Text that came decoded, encoded again: what it holds must not be read as more than a word. */
const toWord = (decoded: string): string =>
  decoded === "" ? "" : `=?utf-8?B?${Buffer.from(decoded, "utf8").toString("base64")}?=`
