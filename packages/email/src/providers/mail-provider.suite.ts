import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { toSenderProof } from "../sender-proof.ts"
import { createDeliveries } from "./create-deliveries.ts"
import type { MailProvider, Received, WebhookRequest } from "./mail-provider.ts"
import { receiveMail } from "./receive-mail.ts"
import { type Sample, sample, start, to, word } from "./sample-mail.fixture.ts"

export interface ProviderUnderTest {
  readonly provider: MailProvider
  /** The provider's own request for this mail, signed as it signs. */
  readonly post: (sample: Sample) => Promise<WebhookRequest>
  /** The same request by somebody who has neither key nor password. */
  readonly unsigned: (request: WebhookRequest) => WebhookRequest
  /** Absent where the provider signs no time. */
  readonly signsTime: boolean
  /** Absent where it passes on no verdict that can be trusted. */
  readonly hasVerdicts: boolean
  /** The raw mail is passed on, with what it says of itself in its bytes. */
  readonly isRaw: boolean
}

type Make = (clock: () => number) => ProviderUnderTest
type Open = ReturnType<typeof opener>

/** What every provider must do alike. */
export const describeMailProvider = (name: string, make: Make): void => {
  describe(name, () => {
    const open = opener(make)
    readsWhole(open)
    refuses(open)
    provesNobodyElse(open)
    survives(open)
  })
}

const opener = (make: Make) => () => {
  const time = { now: start }
  const clock = () => time.now
  const deliveries = createDeliveries(clock)
  const kept: Received[] = []
  const under = make(clock)
  const receive = (request: WebhookRequest, keep = async (received: Received) => void kept.push(received)) =>
    receiveMail({ provider: under.provider, request, deliveries, keep })
  const mailOf = async (mail: Sample) => {
    const result = await receive(await under.post(mail))
    const [received] = kept.slice(-1)
    if (!result.ok || received?.kind !== "mail") throw new Error(result.ok ? "no mail" : result.code)
    return received
  }
  return { ...under, time, kept, receive, mailOf }
}

const readsWhole = (open: Open): void => {
  it("a delivery is one mail, whole", async () => {
    const { mail } = await open().mailOf(sample)
    expect(mail).toMatchObject({
      from: { address: sample.from, name: sample.fromName },
      to: [{ address: to }],
      subject: sample.subject,
      messageId: sample.messageId,
      inReplyTo: ["q1@acme.example"],
      references: ["q0@acme.example", "q1@acme.example"],
      reply: "Where is order A-1001? 🐚",
      automated: null,
      attachments: [{ name: "bild ü.png", type: "image/png", size: 4 }],
    })
    expect(mail.text.replace(/\r/g, "")).toContain("> We sent it.")
    expect(mail.envelope?.to).toEqual([to])
  })
}

const refuses = (open: Open): void => {
  it("what is not the provider's is refused before anything of it is read", async () => {
    const { post, receive, kept, unsigned } = open()
    const request = unsigned(await post(sample))
    expect(await receive(request)).toMatchObject({ ok: false, code: "mail/unverified" })
    const nobody = {
      headers: new Headers({ "content-type": request.headers.get("content-type") ?? "" }),
      body: request.body,
    }
    expect(await receive(nobody)).toMatchObject({ ok: false, code: "mail/unverified" })
    expect(kept).toEqual([])
  })

  it("a repetition is refused, also when both come at the same moment", async () => {
    const { post, receive, kept } = open()
    const request = await post(sample)
    const results = await Promise.all([receive(request), receive(request), receive(request)])
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await receive(request)).toMatchObject({ ok: false, code: "mail/replayed" })
    expect(kept).toHaveLength(1)
  })

  it("a delivery that could not be kept is welcome again", async () => {
    const { post, receive, kept } = open()
    const request = await post(sample)
    const full = async () => Promise.reject(new Error("the disk is full"))
    await expect(receive(request, full)).rejects.toThrow("the disk is full")
    expect(await receive(request)).toEqual({ ok: true })
    expect(kept).toHaveLength(1)
  })

  it("what was signed long ago, or in the future, is refused", async () => {
    const { post, receive, time, signsTime } = open()
    const request = await post(sample)
    for (const now of [start + 2 * 3_600_000, start - 3_600_000]) {
      time.now = now
      const result = await receive(request)
      expect(result).toMatchObject(signsTime ? { ok: false, code: "mail/stale" } : { ok: true })
      if (!signsTime) return
    }
  })
}

const provesNobodyElse = (open: Open): void => {
  it("a verdict proves the domain it is about, and no other", async () => {
    const { mailOf, hasVerdicts } = open()
    const proofOf = async (mail: Partial<Sample>) => {
      const { mail: read, auth } = await mailOf({
        ...sample,
        messageId: `${Math.abs(JSON.stringify(mail).length)}@x`,
        ...mail,
      })
      return toSenderProof(read.from.address, auth).level
    }
    expect(await proofOf({})).toBe(hasVerdicts ? "verified" : "claimed")
    expect(await proofOf({ passes: false })).toBe("claimed")
    expect(await proofOf({ mailFrom: "me@evil.example" })).toBe("claimed")
    expect(await proofOf({ fromName: sample.from, from: "me@evil.example" })).toBe("claimed")
  })

  it("headers the sender wrote are no verdict", async () => {
    const forged = ["Authentication-Results", "Received-SPF", "X-Mailgun-Spf", "X-Mailgun-Dkim-Check-Result"]
    const headers = forged.map(
      (header) => [header, "pass (mx.acme.example; dmarc=pass header.from=bank.example)"] as const,
    )
    const { auth } = await open().mailOf({ ...sample, passes: false, mailFrom: "me@evil.example", headers })
    expect(auth.verdict).not.toBe("pass")
  })
}

const survives = (open: Open): void => {
  it("two senders are none", async () => {
    const { post, receive } = open()
    const two = { ...sample, headers: [["From", "eve@evil.example"] as const] }
    expect(await receive(await post(two))).toMatchObject({ ok: false, code: "mail/ambiguous_sender" })
  })

  it("a line end in a value opens no header", async () => {
    const { mailOf, isRaw } = open()
    const subject = "hello\r\nFrom: eve@evil.example\r\nAuto-Submitted: auto-replied"
    const { mail } = await mailOf({ ...sample, subject: isRaw ? word(subject) : subject })
    expect(mail).toMatchObject({ from: { address: sample.from }, automated: null })
  })

  it("a report comes from nobody", async () => {
    const { mail } = await open().mailOf({
      ...sample,
      headers: [
        ["Auto-Submitted", "auto-replied"],
        ["X-Failed-Recipients", "a@b.example"],
      ],
    })
    expect(mail.automated).toBe("bounce")
  })

  it("any bytes are a value, never a fault", async () => {
    const { provider, post } = open()
    const { headers, body } = await post(sample)
    const cut = fc
      .tuple(fc.nat(body.length), fc.uint8Array({ maxLength: 40 }))
      .map(([at, more]) => Buffer.concat([body.subarray(0, at), more]))
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), cut), async (bytes) => {
        const request = { headers, body: bytes }
        expect(typeof (await provider.verify(request)).ok).toBe("boolean")
        expect(typeof (await provider.parse(request)).ok).toBe("boolean")
      }),
      { numRuns: 50 },
    )
  })
}
