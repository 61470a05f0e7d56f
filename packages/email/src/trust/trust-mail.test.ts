import { applySignals, defineContext, emptyContext, latest, parseSignal, view } from "@tellonce/core"
import { describe, expect, it } from "vitest"
import * as z from "zod/mini"
import { parseMail } from "../parse/parse-mail.ts"
import type { SenderProof } from "../sender-proof.ts"
import { toSignals } from "../to-signals.ts"
import { type MailTrust, type ReplyThread, trustMail } from "./trust-mail.ts"

const ada = "ada@example.com"
const customer = { kind: "user", value: "u-1" }
const thread: ReplyThread = { customer, matter: "return-7" }
const addresses: Readonly<Record<string, readonly string[]>> = { "u-1": [ada], "u-2": ["bob@example.com"] }
const isAddressOf = (address: string, of: typeof customer | undefined) =>
  (of ? (addresses[of.value] ?? []) : Object.values(addresses).flat()).includes(address)

const mailFrom = async (from: string, headers: readonly string[] = []) => {
  const parsed = await parseMail([`From: ${from}`, ...headers, "Message-ID: <m@x.example>", "", "hello"].join("\r\n"))
  if (!parsed.ok) throw new Error(parsed.code)
  return parsed.mail
}
const trustOf = async (from: string, proven: boolean, replyTo?: ReplyThread): Promise<MailTrust> => {
  const proof: SenderProof = proven ? { level: "verified", method: "dmarc", address: from } : { level: "claimed" }
  return trustMail(await mailFrom(from), { proof, thread: replyTo, isAddressOf })
}

describe("the five levels", () => {
  it.each([
    ["answers us, from the customer's proven address", ada, true, thread, "verified", true, "email"],
    ["comes from a customer's proven address", ada, true, undefined, "authenticated", true, "email"],
    [
      "answers us, from the customer's address without a proof",
      ada,
      false,
      thread,
      "thread-only",
      false,
      "mail.thread",
    ],
    [
      "answers us, from another customer's proven address",
      "bob@example.com",
      true,
      thread,
      "thread-only",
      false,
      "mail.thread",
    ],
    [
      "answers us, from a stranger's proven address",
      "eve@evil.example",
      true,
      thread,
      "thread-only",
      false,
      "mail.thread",
    ],
    ["names a customer and proves nothing", ada, false, undefined, "claimed", false, "mail.thread"],
    ["comes from a stranger who proves their address", "eve@evil.example", true, undefined, "unknown", false, "email"],
    ["comes from a stranger", "eve@evil.example", false, undefined, "unknown", false, "mail.thread"],
  ] as const)("a mail that %s", async (_, from, proven, replyTo, level, mayRead, kind) => {
    const trust = await trustOf(from, proven, replyTo)
    expect(trust).toMatchObject({ level, mayRead, identity: { kind } })
    expect(trust.claims === undefined).toBe(kind === "email")
  })

  it("a proof for one address proves no other", async () => {
    const proof: SenderProof = { level: "verified", method: "dmarc", address: "eve@evil.example" }
    const trust = await trustMail(await mailFrom(ada), { proof, isAddressOf })
    expect(trust).toMatchObject({ level: "claimed", mayRead: false })
  })

  it("an answer from elsewhere stays in its thread, and shows whose thread that is as a claim", async () => {
    const mail = await mailFrom("eve@evil.example")
    const [message, link] = toSignals(mail, {
      sender: await trustOf("eve@evil.example", true, thread),
      receivedAt: 1,
      source: "mx",
    }).signals
    expect(message).toMatchObject({ identity: { kind: "mail.thread" }, matter: "return-7", event: { name: "message" } })
    expect(link).toMatchObject({
      identity: message?.identity,
      event: { name: "linked", to: customer, proof: "claimed" },
    })
    expect(link?.id).not.toBe(message?.id)
  })
})

describe("a report that a mail came back", () => {
  const report = ["Content-Type: multipart/report; report-type=delivery-status; boundary=b"]
  const signalsOf = async (sender: MailTrust) =>
    toSignals(await mailFrom("mailer-daemon@mx.example", report), {
      sender,
      receivedAt: 1,
      source: "mx",
      understand: ({ reply }) => ({ orderNumber: /A-\d+/.exec(reply)?.[0] }),
      bounced: () => ({ emailWorks: false }),
    })

  it("marks the customer's address when it came back to the address that the mail named for it", async () => {
    const found = await signalsOf(await trustOf("mailer-daemon@mx.example", false, thread))
    expect(found).toMatchObject({
      skipped: "bounce",
      signals: [
        { identity: customer, authority: "inferred", event: { name: "mail.bounced" }, facts: { emailWorks: false } },
      ],
    })
    expect(found.signals).toHaveLength(1)
  })

  it("marks nobody when anybody could have written it", async () => {
    expect(await signalsOf(await trustOf("mailer-daemon@mx.example", true))).toEqual({ signals: [], skipped: "bounce" })
  })
})

it("an automatic answer says nothing, even in a thread of ours", async () => {
  const mail = await mailFrom(ada, ["Auto-Submitted: auto-replied"])
  const sender = await trustOf(ada, true, thread)
  expect(toSignals(mail, { sender, receivedAt: 1, source: "mx" })).toEqual({ signals: [], skipped: "auto-reply" })
})

it("the context of a mail thread is one that a definition admits, and shows the customer as a claim alone", async () => {
  const shop = defineContext({ name: "acme", version: 1, fields: { emailWorks: latest(z.boolean()) } })
  const sender = await trustOf(ada, false)
  const { signals } = toSignals(await mailFrom(ada), { sender, receivedAt: 1, source: "mx" })
  expect(signals.map((signal) => parseSignal(shop, signal).ok)).toEqual([true, true])
  const { $ } = view(applySignals(emptyContext(shop), signals), { now: 1 })
  expect($.links).toEqual([{ kind: "email", value: ada, proof: "claimed" }])
  const report = await mailFrom("mailer-daemon@mx.example", [
    "Content-Type: multipart/report; report-type=delivery-status",
  ])
  const marks = toSignals(report, {
    sender: await trustOf(ada, false, thread),
    receivedAt: 1,
    source: "mx",
    bounced: () => ({ emailWorks: false }),
  })
  expect(marks.signals.map((signal) => parseSignal(shop, signal).ok)).toEqual([true])
})
