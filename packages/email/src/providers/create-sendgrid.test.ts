import { createSign, generateKeyPairSync } from "node:crypto"
import { expect, it } from "vitest"
import { createSendGrid } from "./create-sendgrid.ts"
import { describeMailProvider } from "./mail-provider.suite.ts"
import {
  auth,
  basic,
  domainOf,
  form,
  ownHeaders,
  type Sample,
  sample,
  start,
  to,
  toRaw,
  word,
  wrongPassword,
} from "./sample-mail.fixture.ts"

const sendGridFields = (mail: Sample) => ({
  dkim: mail.passes ? `{@${domainOf(mail.mailFrom)} : pass}` : `{@${domainOf(mail.from)} : fail}`,
  SPF: mail.passes ? "pass" : "softfail",
  envelope: JSON.stringify({ to: [to], from: mail.mailFrom }),
  charsets: JSON.stringify({ to: "UTF-8", from: "UTF-8", subject: "UTF-8", text: "UTF-8", html: "UTF-8" }),
  sender_ip: "192.0.2.1",
  from: mail.from,
  to,
  subject: mail.subject,
})
const rawHeaders = (mail: Sample) =>
  ownHeaders({ ...mail, subject: word(mail.subject) })
    .map(([name, value]) => `${name}: ${value}\n`)
    .join("")

describeMailProvider("SendGrid, taken apart", (clock) => ({
  provider: createSendGrid({ auth, clock }),
  post: (mail) =>
    form({ ...sendGridFields(mail), headers: rawHeaders(mail), text: mail.text, html: mail.html }, mail, {
      authorization: basic,
    }),
  unsigned: wrongPassword,
  signsTime: false,
  hasVerdicts: true,
  isRaw: true,
}))

const sendGridKeys = generateKeyPairSync("ec", { namedCurve: "prime256v1" })
describeMailProvider("SendGrid, raw and signed", (clock) => ({
  provider: createSendGrid({
    auth: { publicKey: sendGridKeys.publicKey.export({ type: "spki", format: "der" }).toString("base64") },
    clock,
  }),
  post: async (mail) => {
    const { headers, body } = await form({ ...sendGridFields(mail), email: toRaw(mail) }, mail)
    const timestamp = `${start / 1_000}`
    const signature = createSign("sha256").update(timestamp).update(body).sign(sendGridKeys.privateKey, "base64")
    headers.set("x-twilio-email-event-webhook-timestamp", timestamp)
    headers.set("x-twilio-email-event-webhook-signature", signature)
    return { headers, body }
  },
  unsigned: ({ headers, body }) => ({ headers, body: Buffer.concat([body, Buffer.from(" ")]) }),
  signsTime: true,
  hasVerdicts: true,
  isRaw: true,
}))

it("text in the charset that SendGrid names is read in it", async () => {
  const fields = {
    ...sendGridFields(sample),
    headers: rawHeaders(sample),
    charsets: JSON.stringify({ text: "iso-8859-1" }),
  }
  const { headers, body } = await form({ ...fields, text: "Gr@@e" }, sample, { authorization: basic })
  const latin = Buffer.from(Buffer.from(body).toString("latin1").replace("Gr@@e", "Gr\u00fc\u00dfe"), "latin1")
  const parsed = await createSendGrid({ auth, clock: () => start }).parse({ headers, body: latin })
  expect(parsed).toMatchObject({ ok: true, received: { mail: { text: expect.stringContaining("Gr\u00fc\u00dfe") } } })
})

it("a text that is no public key is refused at once", () => {
  const options = { auth: { publicKey: "bm8ga2V5" }, clock: () => start }
  expect(() => createSendGrid(options)).toThrow(expect.objectContaining({ code: "mail/webhook_key" }))
})
