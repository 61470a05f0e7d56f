import { expect, it } from "vitest"
import { createPostmark } from "./create-postmark.ts"
import { describeMailProvider } from "./mail-provider.suite.ts"
import type { WebhookRequest } from "./mail-provider.ts"
import { receivedSpf } from "./received-spf.ts"
import { auth, basic, type Sample, sample, start, to, toRaw, wrongPassword } from "./sample-mail.fixture.ts"

const json = (body: unknown, headers: Readonly<Record<string, string>>): WebhookRequest => ({
  headers: new Headers({ "content-type": "application/json", ...headers }),
  body: Buffer.from(JSON.stringify(body)),
})
const postmarkBody = (mail: Sample) => ({
  FromName: mail.fromName,
  From: mail.from,
  FromFull: { Email: mail.from, Name: mail.fromName, MailboxHash: "" },
  To: to,
  ToFull: [{ Email: to, Name: "", MailboxHash: "c1" }],
  Cc: "",
  CcFull: [],
  OriginalRecipient: to,
  Subject: mail.subject,
  MessageID: `postmark-${mail.messageId}`,
  Date: "Mon, 6 May 2024 10:00:00 +0000",
  MailboxHash: "c1",
  TextBody: mail.text,
  HtmlBody: mail.html,
  StrippedTextReply: "Where is order A-1001? 🐚",
  Headers: [
    ["Message-ID", `<${mail.messageId}>`] as const,
    [
      "Received-SPF",
      `${mail.passes ? "Pass (sender SPF authorized)" : "Fail"} identity=mailfrom; client-ip=192.0.2.1; envelope-from=${mail.mailFrom}; receiver=${to}`,
    ] as const,
    ...mail.headers,
  ].map(([Name, Value]) => ({ Name, Value })),
  Attachments: [
    {
      Name: mail.attachment.name,
      Content: Buffer.from(mail.attachment.bytes).toString("base64"),
      ContentType: mail.attachment.type,
      ContentLength: 4,
      ContentID: "",
    },
  ],
})

describeMailProvider("Postmark, whose headers are trusted", (clock) => ({
  provider: createPostmark({ auth, clock, trustHeaders: true }),
  post: async (mail) => json(postmarkBody(mail), { authorization: basic }),
  unsigned: wrongPassword,
  signsTime: false,
  hasVerdicts: true,
  isRaw: false,
}))

describeMailProvider("Postmark, with the raw mail", (clock) => ({
  provider: createPostmark({ auth, clock }),
  post: async (mail) => json({ ...postmarkBody(mail), RawEmail: toRaw(mail) }, { authorization: basic }),
  unsigned: wrongPassword,
  signsTime: false,
  hasVerdicts: false,
  isRaw: true,
}))

it("a password that could be guessed is refused", () => {
  const weak = { auth: { user: "hook", password: "short" }, clock: () => 0 }
  expect(() => createPostmark(weak)).toThrow(expect.objectContaining({ code: "mail/webhook_secret" }))
})

it.each([
  ["Pass (sender SPF authorized) identity=mailfrom; envelope-from=ada@bank.example; receiver=x", "bank.example"],
  ['pass envelope-from="ada@bank.example"', "bank.example"],
  ["Fail identity=mailfrom; envelope-from=ada@bank.example", undefined],
  ["Passed identity=mailfrom; envelope-from=ada@bank.example", undefined],
  ["Pass identity=helo; envelope-from=ada@bank.example", undefined],
  ["Pass helo=x; envelope-from=ada@bank.example; envelope-from=me@evil.example", undefined],
  ["Pass (a) (b) envelope-from=ada@bank.example", undefined],
  ["Pass", undefined],
])("Received-SPF %j speaks for %s", (value, domain) => {
  expect(receivedSpf([value])).toBe(domain)
  expect(receivedSpf([value, value])).toBeUndefined()
})

it("two readers of From that disagree admit nothing", async () => {
  const provider = createPostmark({ auth, clock: () => start })
  const body = { ...postmarkBody(sample), RawEmail: toRaw({ ...sample, from: "eve@evil.example" }) }
  expect(await provider.parse(json(body, { authorization: basic }))).toMatchObject({
    ok: false,
    code: "mail/malformed",
  })
})
