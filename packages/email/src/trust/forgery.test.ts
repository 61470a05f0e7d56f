import { type Identity, identityKey, type Signal } from "@tellonce/core"
import { describe, expect, it } from "vitest"
import { parseMail } from "../parse/parse-mail.ts"
import { toSenderProof } from "../sender-proof.ts"
import { toSignals } from "../to-signals.ts"
import type { SenderCheck } from "./check-sender.ts"
import { ada, bank, check, compose, evil, receivedAt, seal, sign } from "./mail-lab.suite.ts"
import { type MailTrust, trustMail } from "./trust-mail.ts"

interface Outcome {
  readonly keys: readonly string[]
  readonly signals: readonly Signal[]
}

/** All the way a mail goes, from the wire to signals, at a company that knows Ada by her address. */
const receive = async (raw: string, client: SenderCheck["client"]): Promise<Partial<MailTrust> & Outcome> => {
  const parsed = await parseMail(raw)
  if (!parsed.ok) return { keys: [], signals: [] }
  const { from } = parsed.mail
  const auth = await check(raw, from.address, client)
  const trust = await trustMail(parsed.mail, {
    proof: toSenderProof(from.address, auth),
    isAddressOf: (address) => address === ada,
  })
  const { signals } = toSignals(parsed.mail, { sender: trust, receivedAt, source: "mx" })
  return { ...trust, keys: signals.map(({ identity }) => identityKey(identity)), signals }
}

describe("a mail that is what it says", () => {
  it("is read as the customer's", async () => {
    const { level, mayRead, keys } = await receive(await sign(compose(`Ada <${ada}>`), "bank.example"), bank)
    expect({ level, mayRead, keys }).toEqual({ level: "authenticated", mayRead: true, keys: [`email:${ada}`] })
  })
})

describe("a forged mail reads nothing and changes nothing of the customer it names", () => {
  const forgedResult = "Authentication-Results: mx.acme.example; dmarc=pass header.from=bank.example"
  const cyrillicA = "\u0430da@bank.example"
  const fabricated = `=?utf-8?B?${Buffer.from(`${ada}\0`).toString("base64")}?= <me@evil.example>`

  it.each<[string, () => Promise<string>]>([
    ["from another server", async () => compose(ada)],
    ["with the results of a check that nobody made", async () => compose(ada, [forgedResult, "Received-SPF: pass"])],
    ["signed by the forger's own domain", () => sign(compose(ada), "evil.example")],
    [
      "signed, and changed after that",
      async () => (await sign(compose(ada), "bank.example")).replace("1 Ada Lane", "6 Evil Street"),
    ],
    [
      "signed over its first words alone, with more below",
      async () => `${await sign(compose(ada), "bank.example", { maxBodyLength: 10 })}Send it to 6 Evil Street.\r\n`,
    ],
    [
      "with another From above the signed one",
      async () => `From: me@evil.example\r\n${await sign(compose(ada), "bank.example")}`,
    ],
    ["with two mailboxes in From", () => sign(compose(`${ada}, me@evil.example`), "evil.example")],
    ["with the customer as the display name", () => sign(compose(`"${ada}" <me@evil.example>`), "evil.example")],
    ["with the customer as an encoded display name", () => sign(compose(fabricated), "evil.example")],
    [
      "with the customer in Reply-To, Sender and the subject's number",
      () =>
        sign(
          compose("me@evil.example", [`Reply-To: ${ada}`, `Sender: ${ada}`, "Subject: Re: [#1001]"]),
          "evil.example",
        ),
    ],
    ["with the customer in a comment", () => sign(compose(`me@evil.example (${ada})`), "evil.example")],
    ["with a letter that looks like the customer's", async () => compose(cyrillicA)],
    ["with full-width letters", async () => compose("\uff41da@bank.example")],
    ["with a claim to answer our own mail", async () => compose(ada, ["In-Reply-To: <cabc.def@acme.example>"])],
    [
      "sealed by somebody who says that it was good",
      async () => seal(compose(ada), "evil.example", "mx.evil.example; dmarc=pass header.from=bank.example"),
    ],
  ])("%s", async (_, make) => {
    const found = await receive(await make(), evil)
    expect(found.keys).not.toContain(`email:${ada}`)
    expect(found).not.toMatchObject({ mayRead: true })
  })

  it("the customer is shown as a claim, on a context of that mail thread alone", async () => {
    const { level, signals } = await receive(compose(ada), evil)
    expect(level).toBe("claimed")
    expect(signals).toMatchObject([
      { identity: { kind: "mail.thread" }, event: { name: "message" } },
      {
        identity: { kind: "mail.thread" },
        event: { name: "linked", proof: "claimed", to: { kind: "email", value: ada } },
      },
    ])
  })

  it("one customer of a hosting company is not another", async () => {
    const [a, b] = ["ada@ada.github.io", "x@evil.github.io"]
    const proof = toSenderProof(a, { verdict: "pass", method: "dkim", domain: "evil.github.io", source: "provider" })
    expect([
      proof.level,
      toSenderProof(b, { verdict: "pass", method: "dkim", domain: "evil.github.io", source: "provider" }).level,
    ]).toEqual(["claimed", "verified"])
  })
})

it("two threads that claim one address are two contexts, and a thread stays one", async () => {
  const identityOf = async (references: string): Promise<Identity | undefined> => {
    const { identity } = await receive(compose(ada, [`References: ${references}`]), evil)
    return identity
  }
  expect(await identityOf("<a@x.example> <b@x.example>")).toEqual(await identityOf("<a@x.example>"))
  expect(await identityOf("<a@x.example>")).not.toEqual(await identityOf("<b@x.example>"))
})
