import { applySignals, defineContext, emptyContext, identityKey, latest, parseSignal, view } from "@tellonce/core"
import { describe, expect, it } from "vitest"
import * as z from "zod/mini"
import { parseMail } from "./parse/parse-mail.ts"
import type { SenderProof } from "./sender-proof.ts"
import { type MailSignalOptions, toSignals } from "./to-signals.ts"

const shop = defineContext({
  name: "acme",
  version: 1,
  fields: { orderNumber: latest(z.string()), wish: latest(z.string()) },
})
const verified: SenderProof = { level: "verified", method: "smtp-auth", address: "ada@example.com" }
const receivedAt = Date.UTC(2024, 4, 6)

const mailOf = async (head: readonly string[], body = "Order A-1001 is broken.") => {
  const parsed = await parseMail(
    ["From: Ada <Ada@Example.com>", "Message-ID: <m1@example.com>", ...head, "", body].join("\r\n"),
  )
  if (!parsed.ok) throw new Error(parsed.code)
  return parsed.mail
}
type Facts = { orderNumber?: string; wish?: string }
const options = (more: Partial<MailSignalOptions<Facts>> = {}): MailSignalOptions<Facts> => ({
  sender: verified,
  receivedAt,
  source: "mail-server",
  ...more,
})

it("a proven customer's mail is one message of theirs, with the facts that were understood", async () => {
  const mail = await mailOf(["Subject: Broken", "Date: Thu, 01 Jan 1970 00:00:00 +0000"])
  const understand = () => ({ orderNumber: "A-1001", wish: "" })
  expect(toSignals(mail, options({ understand }))).toEqual({
    signals: [
      {
        id: expect.stringMatching(/^mail-[0-9a-f]{32}$/),
        at: receivedAt,
        identity: { kind: "email", value: "ada@example.com" },
        authority: "customer",
        channel: "email",
        source: "mail-server",
        facts: { orderNumber: "A-1001" },
        event: { name: "message", text: "Order A-1001 is broken.", subject: "Broken" },
      },
    ],
  })
})

it("every signal it gives is one that the definition admits", async () => {
  const long = await mailOf([`Subject: ${"s".repeat(3_000)}`], `${"word ".repeat(40_000)}😀`)
  for (const mail of [long, await mailOf(["Subject: Only a subject"], ""), await mailOf([])]) {
    const [signal] = toSignals(mail, options({ understand: () => ({ orderNumber: "A-1001" }) })).signals
    expect(parseSignal(shop, signal)).toMatchObject({ ok: true })
  }
})

it("the same mail again is the same statement, whenever and by whatever way it comes; another mail is not", async () => {
  const id = async (head: string[]) => toSignals(await mailOf(head), options()).signals[0]?.id
  const late = toSignals(await mailOf(["Received: by elsewhere"]), options({ receivedAt: receivedAt + 5_000 })).signals
  expect(late[0]?.id).toBe(await id([]))
  const other = await parseMail("From: ada@example.com\r\nMessage-ID: <m2@example.com>\r\n\r\nhello")
  expect(other.ok && toSignals(other.mail, options()).signals[0]?.id).not.toBe(await id([]))
})

describe("a mail that is not proven to be its sender's", () => {
  const claims: SenderProof[] = [
    { level: "claimed" },
    { level: "verified", method: "smtp-auth", address: "mallory@example.com" },
  ]

  it.each(claims)("speaks for an identity of its own: %j", async (sender) => {
    const [signal] = toSignals(await mailOf([]), options({ sender })).signals
    expect(signal?.identity).toEqual({ kind: "unproven.email", value: "ada@example.com" })
  })

  it.each(claims)("never reaches the proven customer's context: %j", async (sender) => {
    const mail = await mailOf([])
    const signals = [
      ...toSignals(mail, options({ understand: () => ({ wish: "refund" }) })).signals,
      ...toSignals(mail, options({ sender, understand: () => ({ wish: "send it to Mallory" }) })).signals,
    ]
    const own = signals.filter(({ identity }) => identityKey(identity) === "email:ada@example.com")
    const seen = view(applySignals(emptyContext(shop), own), { now: receivedAt })
    expect(own).toHaveLength(1)
    expect(seen.wish).toMatchObject({ value: "refund" })
  })
})

describe("no signal, and the reason for it, comes of", () => {
  it.each([
    ["Auto-Submitted: auto-replied", "auto-reply"],
    ["Precedence: bulk", "bulk"],
    ["X-Failed-Recipients: bob@example.com", "bounce"],
  ] as const)("%s", async (header, skipped) => {
    const understood: string[] = []
    const understand = () => {
      understood.push("asked")
      return {}
    }
    expect(toSignals(await mailOf([header]), options({ understand }))).toEqual({ signals: [], skipped })
    expect(understood).toEqual([])
  })

  it("a mail with nothing in it", async () => {
    expect(toSignals(await mailOf([], "\r\n> only quoted"), options())).toEqual({ signals: [], skipped: "empty" })
  })
})

it("a subject without a text is the message", async () => {
  const [signal] = toSignals(await mailOf(["Subject: Where is A-1001?"], ""), options()).signals
  expect(signal?.event).toMatchObject({ text: "Where is A-1001?" })
})

it("a fault in the understanding reaches the caller, who still has the mail", async () => {
  const understand = () => {
    throw new Error("model is away")
  }
  const mail = await mailOf([])
  expect(() => toSignals(mail, options({ understand }))).toThrow("model is away")
})
