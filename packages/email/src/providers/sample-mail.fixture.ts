import type { WebhookRequest } from "./mail-provider.ts"

/** A mail as a customer wrote it, before a provider wraps it. */
export interface Sample {
  readonly from: string
  readonly fromName: string
  readonly mailFrom: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly messageId: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly attachment: { readonly name: string; readonly type: string; readonly bytes: Uint8Array }
  /** Whether the provider found SPF and DKIM to hold, each for the domain of MAIL FROM. */
  readonly passes: boolean
}

export const to = "support+c1@acme.example"
export const sample: Sample = {
  from: "ada@bank.example",
  fromName: "Ada Ömer",
  mailFrom: "ada@bank.example",
  subject: "Straße 7 – where is it?",
  text: "Where is order A-1001? 🐚\n\nOn Mon, 6 May 2024 Support wrote:\n> We sent it.\n",
  html: "<p>Where is order A-1001? 🐚</p>",
  messageId: "m1@bank.example",
  headers: [
    ["In-Reply-To", "<q1@acme.example>"],
    ["References", "<q0@acme.example>\t<q1@acme.example>"],
    ["Reply-To", "eve@evil.example"],
  ],
  attachment: { name: "bild ü.png", type: "image/png", bytes: new Uint8Array([0, 1, 2, 255]) },
  passes: true,
}
export const start = Date.UTC(2024, 4, 6, 10)

/** The raw MIME of a sample, as its sender's program wrote it. */
export const toRaw = (mail: Sample): string =>
  [
    `From: ${word(mail.fromName)} <${mail.from}>`,
    `To: Support <${to}>`,
    `Subject: ${word(mail.subject)}`,
    `Message-ID: <${mail.messageId}>`,
    ...mail.headers.map(([name, value]) => `${name}: ${value}`),
    "MIME-Version: 1.0",
    "Content-Type: multipart/mixed; boundary=m",
    "",
    "--m",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    Buffer.from(mail.text).toString("base64"),
    "--m",
    `Content-Type: ${mail.attachment.type}; name="${word(mail.attachment.name)}"`,
    "Content-Disposition: attachment",
    "Content-Transfer-Encoding: base64",
    "",
    Buffer.from(mail.attachment.bytes).toString("base64"),
    "--m--",
    "",
  ].join("\r\n")

export const word = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString("base64")}?=`

/** As they stand in the webhook's address. */
export const auth = { user: "hook", password: "a long enough password" }
export const basic = `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString("base64")}`
export const wrongPassword = ({ body, headers }: WebhookRequest): WebhookRequest => {
  const other = new Headers(headers)
  other.set("authorization", `Basic ${Buffer.from("hook:a long enough passwore").toString("base64")}`)
  return { headers: other, body }
}
export const form = async (
  fields: Readonly<Record<string, string>>,
  { attachment }: Sample,
  headers: Readonly<Record<string, string>> = {},
): Promise<WebhookRequest> => {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  data.set("attachment1", new File([new Uint8Array(attachment.bytes)], attachment.name, { type: attachment.type }))
  const posted = new Response(data)
  const type = posted.headers.get("content-type") ?? ""
  return {
    headers: new Headers({ "content-type": type, ...headers }),
    body: new Uint8Array(await posted.arrayBuffer()),
  }
}
export const ownHeaders = (mail: Sample): readonly (readonly [string, string])[] => [
  ["From", `${word(mail.fromName)} <${mail.from}>`],
  ["To", to],
  ["Subject", mail.subject],
  ["Message-ID", `<${mail.messageId}>`],
  ...mail.headers,
]
export const domainOf = (address: string) => address.split("@")[1] ?? ""
