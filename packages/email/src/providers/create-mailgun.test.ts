import { createHmac } from "node:crypto"
import { expect, it } from "vitest"
import { createDeliveries } from "./create-deliveries.ts"
import { createMailgun } from "./create-mailgun.ts"
import { describeMailProvider } from "./mail-provider.suite.ts"
import type { WebhookRequest } from "./mail-provider.ts"
import { receiveMail } from "./receive-mail.ts"
import { domainOf, form, ownHeaders, type Sample, sample, start, to, toRaw } from "./sample-mail.fixture.ts"

const signingKey = "key-3ax6xnjp29jd6fds4gc373sgvjxteol0"
const mailgunFields = (mail: Sample, at = start) => {
  const timestamp = `${at / 1_000}`
  const token = createHmac("sha256", "token").update(mail.messageId).digest("hex").slice(0, 50)
  return {
    recipient: to,
    sender: mail.mailFrom,
    from: mail.from,
    subject: mail.subject,
    timestamp,
    token,
    signature: createHmac("sha256", signingKey)
      .update(timestamp + token)
      .digest("hex"),
  }
}
const otherToken = ({ headers, body }: WebhookRequest): WebhookRequest => ({
  headers,
  body: Buffer.from(
    Buffer.from(body)
      .toString("latin1")
      .replace(/[0-9a-f]{50}/, "f".repeat(50)),
    "latin1",
  ),
})
const mailgunVerdicts = ({ passes, mailFrom }: Sample) => [
  ["X-Mailgun-Spf", passes ? "Pass" : "Fail"] as const,
  ["X-Mailgun-Dkim-Check-Result", passes ? "Pass" : "Fail"] as const,
  ["Dkim-Signature", `v=1; a=rsa-sha256; d=${domainOf(mailFrom)}; s=s1; h=from; bh=x; b=y`] as const,
]

describeMailProvider("Mailgun, taken apart", (clock) => ({
  provider: createMailgun({ signingKey, clock, trustHeaders: true }),
  post: (mail) =>
    form(
      {
        ...mailgunFields(mail),
        "body-plain": mail.text,
        "body-html": mail.html,
        "stripped-text": "Where is order A-1001? 🐚",
        "message-headers": JSON.stringify([...mailgunVerdicts(mail), ...ownHeaders(mail)]),
      },
      mail,
    ),
  unsigned: otherToken,
  signsTime: true,
  hasVerdicts: true,
  isRaw: false,
}))

describeMailProvider("Mailgun, raw", (clock) => ({
  provider: createMailgun({ signingKey, clock }),
  post: async (mail) => ({
    headers: new Headers({ "content-type": "application/x-www-form-urlencoded" }),
    body: Buffer.from(new URLSearchParams({ ...mailgunFields(mail), "body-mime": toRaw(mail) }).toString()),
  }),
  unsigned: otherToken,
  signsTime: true,
  hasVerdicts: false,
  isRaw: true,
}))

const provider = createMailgun({ signingKey, clock: () => start })
const posted = (fields: Readonly<Record<string, string>>): WebhookRequest => ({
  headers: new Headers({ "content-type": "application/x-www-form-urlencoded" }),
  body: Buffer.from(new URLSearchParams(fields).toString()),
})

it("the signature does not cover the mail: another mail under a token that was used is refused", async () => {
  const deliveries = createDeliveries(() => start)
  const texts: string[] = []
  const receive = (text: string) =>
    receiveMail({
      provider,
      deliveries,
      request: posted({ ...mailgunFields(sample), "body-mime": toRaw({ ...sample, text }) }),
      keep: async (received) => void texts.push(received.kind === "mail" ? received.mail.text : ""),
    })
  expect(await receive("mine")).toEqual({ ok: true })
  expect(await receive("forged")).toMatchObject({ code: "mail/replayed" })
  expect(texts.map((text) => text.trim())).toEqual(["mine"])
})

it("a digit of the time cannot be moved over to the token", async () => {
  const fields = mailgunFields(sample)
  const moved = {
    ...fields,
    timestamp: fields.timestamp.slice(0, -1),
    token: fields.timestamp.slice(-1) + fields.token,
  }
  expect(await provider.verify(posted(fields))).toMatchObject({ ok: true })
  expect(await provider.verify(posted(moved))).toMatchObject({ code: "mail/unverified" })
})

it("its verdicts prove nothing unless the account is said to write them", async () => {
  const headers = [...mailgunVerdicts(sample), ...ownHeaders(sample)]
  const request = posted({ ...mailgunFields(sample), "message-headers": JSON.stringify(headers), "body-plain": "hi" })
  expect(await provider.parse(request)).toMatchObject({ received: { auth: { verdict: "none" } } })
})

it("a passing signature proves the domain of the only signature there is; of two, nobody knows whose passed", async () => {
  const trusting = createMailgun({ signingKey, clock: () => start, trustHeaders: true })
  const authOf = async (signers: readonly string[]) => {
    const signatures = signers.map((domain) => ["Dkim-Signature", `v=1; d=${domain}; s=s1; b=y`] as const)
    const headers = [["X-Mailgun-Dkim-Check-Result", "Pass"], ...signatures, ...ownHeaders(sample)]
    const fields = { ...mailgunFields({ ...sample, mailFrom: "me@evil.example" }), "body-plain": "hi" }
    return trusting.parse(posted({ ...fields, "message-headers": JSON.stringify(headers) }))
  }
  expect(await authOf(["bank.example"])).toMatchObject({ received: { auth: { verdict: "pass", method: "dkim" } } })
  expect(await authOf(["evil.example"])).toMatchObject({ received: { auth: { verdict: "none" } } })
  expect(await authOf(["bank.example", "evil.example"])).toMatchObject({ received: { auth: { verdict: "none" } } })
})
