import { createHash, createHmac } from "node:crypto"
import { isEvent } from "@tellonce/core"
import { describe, expect, it } from "vitest"
import { now, openIngest, type ShopSources } from "../ingest.suite.ts"

const secret = "the-secret-of-the-vendor"
const table = {
  message: {
    orderNumber: ({ text, by }: { text: string; by: string }) =>
      by === "customer" ? /A-\d+/.exec(text)?.[0] : undefined,
  },
}
const sources: ShopSources = {
  chatwoot: { secret, table },
  intercom: { secret, table },
  zendesk: { secret, table },
  twilio: { secret, table },
}
const hmac = (algorithm: string, text: string, encoding: "hex" | "base64", by = secret) =>
  createHmac(algorithm, by).update(text).digest(encoding)
const seconds = now / 1_000

/** Each vendor's way to sign, at a time and with a secret. */
const signers = {
  chatwoot: (body: string, at = now, by = secret) => ({
    "x-chatwoot-timestamp": `${at / 1_000}`,
    "x-chatwoot-signature": `sha256=${hmac("sha256", `${at / 1_000}.${body}`, "hex", by)}`,
  }),
  intercom: (body: string, _at = now, by = secret) => ({ "x-hub-signature": `sha1=${hmac("sha1", body, "hex", by)}` }),
  zendesk: (body: string, at = now, by = secret) => ({
    "x-zendesk-webhook-signature-timestamp": new Date(at).toISOString(),
    "x-zendesk-webhook-signature": hmac("sha256", `${new Date(at).toISOString()}${body}`, "base64", by),
  }),
  twilio: (body: string, _at = now, by = secret, url = "https://context.shop.example/v1/webhooks/twilio") => {
    const fields = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : 1)).flat()
    return {
      "content-type": "application/x-www-form-urlencoded",
      "x-twilio-signature": hmac("sha1", [url, ...fields].join(""), "base64", by),
    }
  },
}
type Vendor = keyof typeof signers

const deliver = async (vendor: Vendor, payload: object) => {
  const under = openIngest(sources)
  const body =
    vendor === "twilio" ? `${new URLSearchParams(payload as Record<string, string>)}` : JSON.stringify(payload)
  const response = await under.post(`/v1/webhooks/${vendor}`, body, signers[vendor](body))
  expect(response.status).toBe(200)
  return { ...under, response }
}

const chatwoot = (rest: object = {}) => ({
  event: "message_created",
  id: 41,
  content: "Where is A-1042?",
  message_type: "incoming",
  created_at: "2026-01-15 11:58:00 UTC",
  private: false,
  account: { id: 1 },
  sender: {
    id: 7,
    name: "Ada",
    email: "ada@example.com",
    phone_number: "+33612345678",
    identifier: "u1",
    type: "contact",
  },
  conversation: {
    id: 9,
    channel: "Channel::WebWidget",
    contact_inbox: { hmac_verified: false },
    meta: { sender: { id: 7 } },
  },
  ...rest,
})
const intercom = (topic: string, item: object) => ({
  type: "notification_event",
  id: "notif_1",
  topic,
  created_at: seconds,
  data: { item },
})
const conversation = (rest: object = {}) => ({
  type: "conversation",
  id: "215",
  created_at: seconds - 120,
  source: {
    type: "conversation",
    id: "s1",
    body: "<p>Where is <b>A-1042</b>?</p><p>I wait &amp; wait</p>",
    author: { type: "user", id: "c1", email: "ada@example.com" },
  },
  contacts: { contacts: [{ type: "contact", id: "c1", external_id: "u1" }] },
  conversation_parts: { conversation_parts: [] },
  ...rest,
})
const zendesk = (type: string, event: object, detail: object = {}) => ({
  type: `zen:event-type:${type}`,
  id: "01JQMQH83Y",
  time: "2026-01-15T11:57:00.254571515Z",
  subject: "zen:ticket:141",
  detail: { id: "141", requester_id: "501", via: { channel: "native_messaging" }, ...detail },
  event,
})
const comment = (rest: object) => ({
  comment: { id: "88", body: "Where is A-1042?", is_public: true, author: { id: "501", is_staff: false }, ...rest },
})

describe("what a customer writes to a vendor's chat", () => {
  it.each([
    ["chatwoot", chatwoot(), { kind: "chatwoot.contact", value: "7" }, "web-chat", now - 120_000, "Where is A-1042?"],
    [
      "intercom",
      intercom("conversation.user.created", conversation()),
      { kind: "intercom.contact", value: "c1" },
      "web-chat",
      now - 120_000,
      "Where is A-1042?\nI wait & wait",
    ],
    [
      "zendesk",
      zendesk("ticket.comment_added", comment({})),
      { kind: "zendesk.user", value: "501" },
      "web-chat",
      now - 179_746,
      "Where is A-1042?",
    ],
    [
      "twilio",
      {
        From: "whatsapp:+33612345678",
        To: "whatsapp:+3310",
        Body: "Where is A-1042?",
        MessageSid: "SM1",
        NumMedia: "0",
      },
      { kind: "unproven.phone", value: "+33612345678" },
      "whatsapp",
      now,
      "Where is A-1042?",
    ],
  ] as const)(
    "%s: a message with its text, in the customer's voice, with the facts the row finds",
    async (vendor, payload, identity, channel, at, text) => {
      const { signals, errors } = await deliver(vendor, payload)
      expect(signals[0]).toMatchObject({
        at,
        identity,
        authority: "customer",
        channel,
        source: vendor,
        event: { name: "message", text },
        facts: { orderNumber: "A-1042" },
      })
      expect(signals[0]).not.toHaveProperty("speaker")
      expect(errors).toEqual([])
    },
  )

  it("what the vendor was told of them is a claim, and what the site has signed is proven", async () => {
    const linksOf = async (vendor: Vendor, payload: object) =>
      (await deliver(vendor, payload)).signals.flatMap(({ event }) => (isEvent(event, "linked") ? [event] : []))
    const claims = await linksOf("chatwoot", chatwoot())
    expect(claims.map(({ to, proof }) => [to.kind, proof])).toEqual([
      ["user", "claimed"],
      ["email", "claimed"],
      ["phone", "claimed"],
    ])
    const signed = { ...chatwoot().conversation, contact_inbox: { hmac_verified: true } }
    expect((await linksOf("chatwoot", chatwoot({ conversation: signed })))[0]).toMatchObject({
      to: { kind: "user", value: "u1" },
      proof: "verified",
    })
    expect(await linksOf("intercom", intercom("conversation.user.created", conversation()))).toMatchObject([
      { to: { kind: "user", value: "u1" }, proof: "claimed" },
      { to: { kind: "email" }, proof: "claimed" },
    ])
  })
})

describe("what is answered", () => {
  const reply = (type: string) => ({
    id: "p1",
    part_type: "comment",
    body: "<p>On its way</p>",
    created_at: seconds - 60,
    author: { type, id: "a3" },
  })
  it.each([
    [
      "chatwoot",
      chatwoot({ message_type: "outgoing", content: "On its way", sender: { id: 3, type: "user" } }),
      "agent",
      "3",
      { kind: "chatwoot.contact", value: "7" },
    ],
    [
      "chatwoot",
      chatwoot({ message_type: 1, content: "On its way", sender: { id: 3, type: "agent_bot" } }),
      "bot",
      "3",
      { kind: "chatwoot.contact", value: "7" },
    ],
    ...[{ id: 5, type: "captain_assistant" }, { id: 5 }, null].map(
      (sender) =>
        [
          "chatwoot",
          chatwoot({ message_type: "outgoing", content: "On its way", sender }),
          "bot",
          sender === null ? undefined : "5",
          { kind: "chatwoot.contact", value: "7" },
        ] as const,
    ),
    [
      "intercom",
      intercom(
        "conversation.admin.replied",
        conversation({ conversation_parts: { conversation_parts: [reply("admin")] } }),
      ),
      "agent",
      "a3",
      { kind: "intercom.contact", value: "c1" },
    ],
    [
      "intercom",
      intercom(
        "conversation.admin.replied",
        conversation({ conversation_parts: { conversation_parts: [reply("bot")] } }),
      ),
      "bot",
      "a3",
      { kind: "intercom.contact", value: "c1" },
    ],
    [
      "zendesk",
      zendesk("ticket.comment_added", comment({ body: "On its way", author: { id: "3", is_staff: true } })),
      "agent",
      "3",
      { kind: "zendesk.user", value: "501" },
    ],
  ] as const)(
    "%s: in the voice of the one who wrote it (%#)",
    async (vendor, payload, authority, speaker, identity) => {
      const { signals } = await deliver(vendor, payload)
      expect(signals[0]).toMatchObject({ authority, identity, event: { name: "message", text: "On its way" } })
      expect(signals[0]?.speaker).toBe(speaker)
      expect(signals[0]).not.toHaveProperty("facts")
    },
  )

  it("Intercom: only who is said to be one is a customer", async () => {
    const said = async (author: object) => {
      const parts = { conversation_parts: [{ ...reply("admin"), author }] }
      const { signals } = await deliver(
        "intercom",
        intercom("conversation.user.replied", conversation({ conversation_parts: parts })),
      )
      return [signals[0]?.authority, signals[0]?.identity.value]
    }
    for (const type of ["user", "lead", "contact"]) expect(await said({ type, id: "c2" })).toEqual(["customer", "c2"])
    for (const author of [{ type: "operator", id: "o1" }, { type: "admin", from_ai_agent: true }, {}]) {
      expect(await said(author)).toEqual(["bot", "c1"])
    }
  })

  it("Zendesk's messaging tells each voice", async () => {
    const said = (type: string) =>
      zendesk("messaging_ticket.message_added", {
        actor: { id: "77", type },
        conversation_id: "x",
        message: { id: `m-${type}`, body: "Hello" },
      })
    expect((await deliver("zendesk", said("end_user"))).signals[0]).toMatchObject({
      authority: "customer",
      identity: { kind: "zendesk.user", value: "77" },
    })
    // It does not say to whom an agent writes.
    expect((await deliver("zendesk", said("agent"))).errors).toEqual([
      expect.objectContaining({ code: "ingest/refused" }),
    ])
  })
})

it.each([
  ["chatwoot", chatwoot({ private: true })],
  ["chatwoot", chatwoot({ message_type: "activity" })],
  ["chatwoot", chatwoot({ event: "conversation_created" })],
  ["chatwoot", chatwoot({ content: null })],
  ["intercom", intercom("conversation.admin.noted", conversation())],
  ["intercom", intercom("ping", {})],
  ...["note", "note_and_reopen"].map(
    (part_type) =>
      [
        "intercom",
        intercom(
          "conversation.admin.replied",
          conversation({
            conversation_parts: {
              conversation_parts: [{ id: "p", part_type, body: "psst", author: { type: "admin" } }],
            },
          }),
        ),
      ] as const,
  ),
  ["zendesk", zendesk("ticket.comment_added", comment({ is_public: false }))],
  ["zendesk", zendesk("ticket.priority_changed", {})],
  ["twilio", { MessageSid: "SM1", SmsStatus: "delivered", From: "+33612345678", Body: "Where?" }],
] as const)("%s: notes between agents and what is no message state nothing (%#)", async (vendor, payload) => {
  const { signals, errors } = await deliver(vendor, payload)
  expect([signals, errors]).toEqual([[], []])
})

describe("signatures", () => {
  const bodies: Record<Vendor, string> = {
    chatwoot: JSON.stringify(chatwoot()),
    intercom: JSON.stringify(intercom("conversation.user.created", conversation())),
    zendesk: JSON.stringify(zendesk("ticket.comment_added", comment({}))),
    twilio: "Body=Where&From=%2B33612345678&MessageSid=SM1",
  }
  const vendors = Object.keys(bodies) as Vendor[]
  const statusOf = async (vendor: Vendor, body: string, headers: Record<string, string>) => {
    const { post, signals } = openIngest(sources)
    const { status } = await post(`/v1/webhooks/${vendor}`, body, headers)
    expect(signals.length > 0).toBe(status === 200)
    return status
  }

  it.each(vendors)("%s: another body, another secret or no signature is refused", async (vendor) => {
    const body = bodies[vendor]
    const good = signers[vendor](body)
    expect(await statusOf(vendor, body, good)).toBe(200)
    expect(await statusOf(vendor, body.replace("Where", "There"), good)).toBe(401)
    expect(await statusOf(vendor, body, signers[vendor](body, now, "the-secret-of-another"))).toBe(401)
    for (const name of Object.keys(good)) expect(await statusOf(vendor, body, { ...good, [name]: "x" })).toBe(401)
    expect(await statusOf(vendor, body, {})).toBe(401)
  })

  it.each(["chatwoot", "zendesk"] as const)(
    "%s: signed more than five minutes from now it is a replay",
    async (vendor) => {
      const at = (away: number) => statusOf(vendor, bodies[vendor], signers[vendor](bodies[vendor], now + away))
      expect([await at(-300_000), await at(300_000), await at(-301_000), await at(301_000)]).toEqual([
        200, 200, 401, 401,
      ])
    },
  )

  it.each(vendors)("%s: sent again, it is the same message", async (vendor) => {
    const { post, signals } = openIngest(sources)
    await post(`/v1/webhooks/${vendor}`, bodies[vendor], signers[vendor](bodies[vendor]))
    const once = signals.length
    await post(`/v1/webhooks/${vendor}`, bodies[vendor], signers[vendor](bodies[vendor]))
    expect(signals).toHaveLength(once)
  })

  it("Twilio signs the address with its port or without", async () => {
    const body = bodies.twilio
    const statusFor = async (signed: string, url: string) => {
      const { post } = openIngest(sources, { url })
      const headers = signers.twilio(body, now, secret, `${signed}/v1/webhooks/twilio`)
      return (await post("/v1/webhooks/twilio", body, headers)).status
    }
    for (const url of ["https://shop.example", "https://shop.example:8443", "http://shop.example"]) {
      const port = { "https://shop.example": ":443", "http://shop.example": ":80" }[url] ?? ""
      expect(await statusFor(url, url)).toBe(200)
      expect(await statusFor(url + port, url)).toBe(200)
      expect(await statusFor(url.replace(":8443", ""), url)).toBe(200)
      expect(await statusFor(`${url.replace(":8443", "")}:99`, url)).toBe(401)
    }
  })

  it("Twilio signs the address the outside knows, and a body that is no form by its hash", async () => {
    const { post } = openIngest(sources, { url: "https://public.shop.example" })
    const body = bodies.twilio
    expect((await post("/v1/webhooks/twilio", body, signers.twilio(body))).status).toBe(401)
    const path = `/v1/webhooks/twilio?bodySHA256=${createHash("sha256").update("{}").digest("hex")}`
    const headers = { "x-twilio-signature": hmac("sha1", `https://public.shop.example${path}`, "base64") }
    expect((await post(path, "{}", headers)).status).toBe(200)
    expect((await post(path, "{ }", headers)).status).toBe(401)
  })

  it("Twilio is answered in its own language", async () => {
    const { response } = await deliver("twilio", { From: "+33612345678", Body: "Hi", MessageSid: "SM1" })
    expect(response.headers.get("content-type")).toBe("text/xml")
    expect(await response.text()).toContain("<Response/>")
  })
})
