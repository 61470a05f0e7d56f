import { TellonceError } from "@tellonce/core"
import { describe, expect, it } from "vitest"
import { createIngest } from "./create-ingest.ts"
import { basic, keys, now, shop } from "./ingest.suite.ts"
import type { RecordSignals } from "./record-signals.ts"

const open = (record: RecordSignals, onError: (error: unknown) => void = () => {}) =>
  createIngest({ context: shop, keys, sources: { segment: {} }, record, clock: () => now, onError })
const message = () =>
  new Request("https://x.example/v1/t", {
    method: "POST",
    body: JSON.stringify({ type: "track", event: "Clicked", userId: "u1", messageId: "m1" }),
    headers: basic(keys.secret),
  })

describe("when the service cannot take it now", () => {
  const busy = (code: string, rest: object) => Object.assign(new TellonceError(code, "Ada's order is too much"), rest)
  it.each([
    ["a caller that sends too much", busy("overload/rate", { status: 429, retryAfter: 7 }), 429, "7", "overload/rate"],
    [
      "a service that has enough to do",
      busy("overload/queue", { status: 503, retryAfter: 3 }),
      503,
      "3",
      "overload/queue",
    ],
    ["a full disk", busy("store/full", {}), 503, "1", "store/full"],
    ["anything else", new Error("Ada's order"), 500, "1", "ingest/internal"],
  ])("%s: the client is told when to come back, and nothing of the inside", async (_, thrown, status, wait, code) => {
    const errors: unknown[] = []
    const response = await open(
      async () => {
        throw thrown
      },
      (error) => errors.push(error),
    ).fetch(message())
    expect([response?.status, response?.headers.get("retry-after")]).toEqual([status, wait])
    const body = await response?.text()
    expect(JSON.parse(body ?? "").error.code).toBe(code)
    expect(body).not.toContain("Ada")
    expect(errors).toEqual([thrown])
  })

  it("a listener to failures that fails is no failure of the request", async () => {
    const ingest = open(
      async () => [{ status: "rejected", code: "fact/wrong_type" }],
      () => {
        throw new Error("the log is full")
      },
    )
    expect((await ingest.fetch(message()))?.status).toBe(200)
  })
})

it("a sender that goes in the middle of its body is no failure of the service", async () => {
  const errors: unknown[] = []
  const sender = new AbortController()
  const body = new ReadableStream({
    pull(feed) {
      sender.abort()
      feed.error(new Error("aborted"))
    },
  })
  const request = new Request("https://x.example/v1/t", {
    ...{ method: "POST", headers: basic(keys.secret), body, signal: sender.signal, duplex: "half" },
  } as RequestInit)
  const response = await open(
    async () => [],
    (error) => errors.push(error),
  ).fetch(request)
  expect([response?.status, await response?.json()]).toMatchObject([400, { error: { code: "http/cut_off" } }])
  expect(errors).toEqual([])
})

it("keys that are too short, or secret and public at once, are the programmer's mistake", () => {
  const openWith = (given: typeof keys) =>
    createIngest({ context: shop, keys: given, sources: {}, record: async () => [], clock: () => now })
  expect(() => openWith({ publishable: "pk", secret: keys.secret })).toThrow(TellonceError)
  expect(() => openWith({ publishable: keys.secret, secret: keys.secret })).toThrow(TellonceError)
})

it.each([
  ["config/keys", { keys: { publishable: undefined, secret: keys.secret } }],
  ["config/source", { sources: { segement: {} } }],
  ["config/webhook_secret", { sources: { stripe: { secret: undefined } } }],
  ["config/webhook_secret", { sources: { shopify: { secret: "short" } } }],
  ["config/webhook_secret", { sources: { shopify: { secret: [] } } }],
  ["config/webhook_secret", { sources: { standardWebhooks: { erp: { secret: "my-own-secret" } } } }],
  ["config/webhook_secret", { sources: { standardWebhooks: { erp: { secret: "whsec_abcde" } } } }],
])(
  "%s: what is misspelt, what the environment left out, or no sender could sign with, is said at the start (%#)",
  (code, wrong) => {
    const options = { context: shop, keys, sources: {}, record: async () => [], clock: () => now, ...wrong }
    expect(() => createIngest(options as never)).toThrow(expect.objectContaining({ code }))
  },
)

it("without sources there are no paths", async () => {
  const ingest = createIngest({ context: shop, keys, sources: {}, record: async () => [], clock: () => now })
  expect(await ingest.fetch(message())).toBeUndefined()
})
