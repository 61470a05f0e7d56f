import { CloudEvent, HTTP, type Message } from "cloudevents"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { keys, now, openIngest, type ShopSources } from "../ingest.suite.ts"

const cloudEvents: ShopSources["cloudEvents"] = {
  table: {
    "com.acme.order.delayed": { orderStatus: () => "delayed", orderNumber: "data.order", $matter: "data.order" },
    "com.acme.stock.changed": {
      inStock: ({ data }) =>
        typeof data === "object" && data !== null && "left" in data ? Number(data.left) > 0 : undefined,
    },
  },
}
const bearer = { authorization: `Bearer ${keys.secret}` }
const delayed = (rest: object = {}) =>
  new CloudEvent({
    id: "e1",
    source: "/orders",
    type: "com.acme.order.delayed",
    subject: "customer/u1",
    time: "2026-01-15T11:30:00.000Z",
    data: { order: "A-1042" },
    ...rest,
  })
const headersOf = ({ headers }: Message): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `${value}`]))
const send = (under: ReturnType<typeof openIngest>, message: Message) =>
  under.post("/v1/events", message.body as string, { ...headersOf(message), ...bearer })

describe("events of the company's own systems", () => {
  it.each([
    ["binary", HTTP.binary(delayed())],
    ["structured", HTTP.structured(delayed())],
  ])("%s mode gives a fact with the authority of a system of record", async (_, message) => {
    const under = openIngest({ cloudEvents })
    expect((await send(under, message)).status).toBe(200)
    expect(under.signals).toEqual([
      {
        id: "e1",
        at: Date.UTC(2026, 0, 15, 11, 30),
        identity: { kind: "user", value: "u1" },
        authority: "record",
        channel: "backend",
        source: "/orders",
        matter: "A-1042",
        facts: { orderStatus: "delayed", orderNumber: "A-1042" },
        event: { name: "com.acme.order.delayed", data: { order: "A-1042" } },
      },
    ])
  })

  it("a batch answers for each; a bad one stops no other", async () => {
    const under = openIngest({ cloudEvents })
    const stock = {
      specversion: "1.0",
      id: "e2",
      source: "/stock",
      type: "com.acme.stock.changed",
      subject: "email/Ada@Example.com",
      data: { left: 0 },
    }
    const batch = [delayed().toJSON(), { id: "e3" }, stock, { ...stock, id: "e4", subject: undefined }]
    const response = await under.post("/v1/events", batch, {
      ...bearer,
      "content-type": "application/cloudevents-batch+json",
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      results: [
        { status: "accepted" },
        { status: "rejected", code: "ingest/cloud_event" },
        { status: "accepted" },
        { status: "rejected", code: "ingest/no_customer" },
      ],
    })
    expect(under.signals[1]).toMatchObject({
      identity: { kind: "email", value: "ada@example.com" },
      facts: { inStock: false },
      at: now,
    })
  })

  it("source and id together are what is said once", async () => {
    const under = openIngest({ cloudEvents })
    for (const rest of [{}, {}, { id: "e2" }, { source: "/other" }, { source: `/${"x".repeat(90)}` }]) {
      await send(under, HTTP.binary(delayed(rest)))
    }
    expect(under.signals.map(({ id, source }) => `${source} ${id}`.slice(0, 40))).toHaveLength(4)
  })

  it("only a secret key admits, and what is no CloudEvent is a fault of the sender", async () => {
    const under = openIngest({ cloudEvents })
    const message = HTTP.structured(delayed())
    expect((await under.post("/v1/events", message.body as string, headersOf(message))).status).toBe(401)
    const publishable = { ...headersOf(message), authorization: `Bearer ${keys.publishable}` }
    expect((await under.post("/v1/events", message.body as string, publishable)).status).toBe(403)
    expect(
      (await under.post("/v1/events", { order: 1 }, { ...bearer, "content-type": "application/json" })).status,
    ).toBe(400)
    expect(under.signals).toEqual([])
  })
})

const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
  .filter((each) => each.trim() === each && each !== "")
const word = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/)

describe("beside the library of the standard", () => {
  it("what it writes in either mode is read as it reads it", async () => {
    await fc.assert(
      fc.asyncProperty(
        word,
        word,
        word,
        text,
        fc.dictionary(word, fc.jsonValue(), { maxKeys: 4 }),
        async (id, source, type, subject, data) => {
          const event = new CloudEvent({
            id,
            source: `/${source}`,
            type,
            subject: `user/${subject}`,
            time: "2026-01-15T11:30:00.000Z",
            data,
          })
          for (const message of [HTTP.binary(event), HTTP.structured(event)]) {
            const seen: unknown[] = []
            const under = openIngest({ cloudEvents: { identity: (read) => void seen.push(read) } })
            // The wire knows no more than Latin-1 in a header; the library leaves it to the transport to encode the rest.
            const headers = Object.fromEntries(
              Object.entries(headersOf(message)).map(([name, value]) => [
                name,
                name.startsWith("ce-") ? encodeURIComponent(value) : value,
              ]),
            )
            await under.post("/v1/events", message.body as string, { ...headers, ...bearer })
            const oracle = HTTP.toEvent(message) as CloudEvent<unknown>
            expect(seen).toEqual([expect.objectContaining({ ...pick(oracle), data: oracle.data })])
          }
        },
      ),
      { numRuns: 50 },
    )
  })

  it("bytes in base64 are the data they stand for", async () => {
    const seen: unknown[] = []
    const under = openIngest({ cloudEvents: { identity: ({ data }) => void seen.push(data) } })
    const { data: _, ...rest } = delayed().toJSON()
    const bytes = Buffer.from('{"order":"A-7"}').toString("base64")
    for (const datacontenttype of [
      "application/json",
      "application/vnd.acme+json; charset=utf-8",
      "text/plain",
      "image/png",
    ]) {
      await under.post(
        "/v1/events",
        { ...rest, datacontenttype, data_base64: bytes },
        { ...bearer, "content-type": "application/cloudevents+json" },
      )
    }
    expect(seen).toEqual([{ order: "A-7" }, { order: "A-7" }, '{"order":"A-7"}', bytes])
  })
})

const pick = ({ id, source, type, subject, specversion, time }: CloudEvent<unknown>) => ({
  id,
  source,
  type,
  subject,
  specversion,
  time,
})
