import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { InboundEmail } from "../inbound-email.ts"
import { parseMail } from "../parse/parse-mail.ts"
import { toBase32 } from "./base32.ts"
import { createReplyThreads, type KeptThread } from "./create-reply-threads.ts"

const key = "a key of more than thirty-two bytes, for the tests"
const day = 86_400_000
const ada = { customer: { kind: "user", value: "u-1" }, matter: "return-7" }

const start = (more: Partial<Parameters<typeof createReplyThreads>[0]> = {}) => {
  const kept = new Map<string, KeptThread>()
  const time = { now: Date.UTC(2024, 4, 6) }
  const open = (change: typeof more = {}) =>
    createReplyThreads({
      keys: [key],
      address: "support@acme.example",
      keep: async (id, thread) => void kept.set(id, thread),
      find: async (id) => kept.get(id),
      clock: () => time.now,
      ...more,
      ...change,
    })
  return { threads: open(), open, kept, time }
}

const answer = async (to: string, headers: readonly string[] = []): Promise<InboundEmail> => {
  const parsed = await parseMail(["From: ada@example.com", `To: ${to}`, ...headers, "", "yes"].join("\r\n"))
  if (!parsed.ok) throw new Error(parsed.code)
  return parsed.mail
}
const support = "support@acme.example"

describe("an answer finds its customer and matter", () => {
  it("by the address it was sent to, as header and as envelope", async () => {
    const { threads } = start()
    const { replyTo } = await threads.openThread(ada)
    expect(replyTo).toMatch(/^support\+c[a-z2-7]{42}@acme\.example$/)
    expect(await threads.readThread(await answer(`Support <${replyTo}>`))).toEqual(ada)
    expect(await threads.readThread({ ...(await answer(support)), envelope: { to: [replyTo] } })).toEqual(ada)
  })

  it("by the Message-ID it answers, where the address was stripped", async () => {
    const { threads } = start()
    const { messageId } = await threads.openThread(ada)
    expect(await threads.readThread(await answer(support, [`In-Reply-To: <${messageId}>`]))).toEqual(ada)
    expect(await threads.readThread(await answer(support, [`References: <a@b.example>\r\n\t<${messageId}>`]))).toEqual(
      ada,
    )
  })

  it("where it is about no matter, as a mail's own may say", async () => {
    const { threads } = start()
    const { replyTo } = await threads.openThread({ customer: ada.customer, matter: undefined })
    expect(await threads.readThread(await answer(replyTo))).toEqual({ customer: ada.customer })
  })

  it("after the key was changed, and no longer once the old one is gone", async () => {
    const { threads, open } = start()
    const mail = await answer((await threads.openThread(ada)).replyTo)
    const newKey = "another key of more than thirty-two bytes, newer"
    expect(await open({ keys: [newKey, key] }).readThread(mail)).toEqual(ada)
    expect(await open({ keys: [newKey] }).readThread(mail)).toBeUndefined()
  })

  it("until it ends", async () => {
    const { threads, time } = start()
    const mail = await answer((await threads.openThread(ada, day)).replyTo)
    time.now += day - 1
    expect(await threads.readThread(mail)).toEqual(ada)
    time.now += 1
    expect(await threads.readThread(mail)).toBeUndefined()
  })

  it("the longest address still fits into what SMTP allows", async () => {
    const local = "a".repeat(20)
    const { replyTo } = await start({ address: `${local}@acme.example` }).threads.openThread(ada)
    expect(replyTo.indexOf("@")).toBeLessThanOrEqual(64)
    expect(() => start({ address: `a${local}@acme.example` })).toThrow(
      expect.objectContaining({ code: "mail/reply_address" }),
    )
  })
})

describe("a token is nothing", () => {
  it("in any other writing, whichever letter of it is changed", async () => {
    const { threads } = start()
    const { replyTo } = await threads.openThread(ada)
    const [token = ""] = replyTo.split("@").map((part) => part.slice("support+".length))
    const letters = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz234567ABCZ089-_.=%")
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), letters, async (at, letter) => {
        fc.pre(token[at] !== letter)
        const other = token.slice(0, at) + letter + token.slice(at + 1)
        expect(await threads.readThread(await answer(`support+${other}@acme.example`))).toBeUndefined()
      }),
    )
    for (const other of [token.toUpperCase(), `${token}a`, token.slice(0, -1), `+${token}`, `${token}=`, `x${token}`])
      expect(await threads.readThread(await answer(`support+${other}@acme.example`))).toBeUndefined()
  })

  it("for another customer, matter or time than it was signed for", async () => {
    const { threads, kept } = start()
    const { replyTo } = await threads.openThread(ada)
    const mail = await answer(replyTo)
    const [[id, thread] = ["", undefined]] = [...kept]
    if (!thread) throw new Error("nothing was kept")
    const changes: Partial<KeptThread>[] = [
      { customer: { kind: "user", value: "u-2" } },
      { matter: "return-8" },
      { until: thread.until + 1 },
    ]
    for (const change of changes) {
      kept.set(id, { ...thread, ...change })
      expect(await threads.readThread(mail)).toBeUndefined()
    }
  })

  it("at another address or domain, in the subject or in the text", async () => {
    const { threads } = start()
    const { replyTo, messageId } = await threads.openThread(ada)
    const headers = [
      `Subject: ${replyTo}`,
      `Reply-To: ${replyTo}`,
      `X-Token: <${messageId}>`,
      `Message-ID: <${messageId}>`,
    ]
    expect(await threads.readThread(await answer(support, headers))).toBeUndefined()
    expect(await threads.readThread(await answer(replyTo.replace("@acme", "@evil")))).toBeUndefined()
    expect(await threads.readThread(await answer(replyTo.replace("support", "sales")))).toBeUndefined()
    expect(await start().threads.readThread(await answer(replyTo))).toBeUndefined()
  })

  it("beside that of another customer, or among many", async () => {
    const { threads } = start()
    const mine = await threads.openThread(ada)
    const other = await threads.openThread({ customer: { kind: "user", value: "u-2" } })
    expect(await threads.readThread(await answer(`${mine.replyTo}, ${other.replyTo}`))).toBeUndefined()
    const guesses = Array.from({ length: 5 }, (_, n) => `support+c${"a".repeat(41)}${"bcdef"[n]}@acme.example`)
    expect(await threads.readThread(await answer([mine.replyTo, ...guesses].join(", ")))).toBeUndefined()
  })
})

it("two mails about one matter have their own tokens, and one that answers two matters is the customer's alone", async () => {
  const { threads } = start()
  const [first, second] = [await threads.openThread(ada), await threads.openThread({ ...ada, matter: "order-2" })]
  expect(first.replyTo).not.toBe((await threads.openThread(ada)).replyTo)
  expect(await threads.readThread(await answer(`${first.replyTo}, ${second.replyTo}`))).toEqual({
    customer: ada.customer,
  })
})

it("a key that could be guessed is refused", () => {
  expect(() => start({ keys: ["short"] })).toThrow(expect.objectContaining({ code: "mail/key" }))
})

it("base32 is that of RFC 4648, in lower case and without padding", () => {
  const text = (value: string) => toBase32(Buffer.from(value))
  expect(["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(text)).toEqual([
    "",
    "my",
    "mzxq",
    "mzxw6",
    "mzxw6yq",
    "mzxw6ytb",
    "mzxw6ytboi",
  ])
})
