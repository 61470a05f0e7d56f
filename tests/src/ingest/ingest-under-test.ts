import { consent, defineContext, latest, recent } from "@tellonce/core"
import { createIngest, type RecordSignals, type SegmentSource, type Sources } from "@tellonce/ingest"
import { createMemoryStore, createTellonce, serve, type Tellonce } from "@tellonce/node"
import * as z from "zod"

export const shop = defineContext({
  name: "shop",
  version: 1,
  fields: {
    orderNumber: latest(z.string()),
    orderStatus: latest(z.string(), { authority: ["record", "customer"] }),
    spent: latest(z.number()),
    fullName: latest(z.string()),
    viewed: recent(z.string(), { keep: 5 }),
    consents: consent(),
  },
})

export const writeKeys = { publishable: "pk_for-any-browser", secret: "sk_for-the-backend-alone" }

/** A request as it came over the wire. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly headers: Headers
  readonly status: number
}

export interface IngestUnderTest {
  readonly url: string
  readonly tellonce: Tellonce<typeof shop.fields>
  readonly seen: readonly Seen[]
  readonly errors: unknown[]
  /** The next requests are answered so, instead of being taken. */
  readonly failNext: (response: () => Response, times: number) => void
  /** What is logged of one identity. */
  readonly log: (key: string) => Promise<readonly LoggedSignal[]>
  close(): Promise<void>
}

type LoggedSignal = Awaited<ReturnType<ReturnType<typeof createMemoryStore>["log"]>>[number]["signal"]

/** The real service behind the real ingest, over real HTTP on a free port. */
export const startIngest = async (
  sources: Sources<typeof shop.fields>,
  {
    clock = Date.now,
    record,
    url,
  }: { readonly clock?: () => number; readonly record?: RecordSignals; readonly url?: string } = {},
): Promise<IngestUnderTest> => {
  const store = createMemoryStore()
  const keys = { publishable: "pk_of-the-service", secret: "sk_of-the-service-itself" }
  const tellonce = createTellonce({ context: shop, store, keys, clock, gpc: ["marketing"] })
  const errors: unknown[] = []
  const ingest = createIngest({
    context: shop,
    keys: writeKeys,
    sources,
    record: record ?? tellonce.record,
    clock,
    onError: (error) => errors.push(error),
    ...(url !== undefined && { url }),
  })
  const seen: Seen[] = []
  const failures: (() => Response)[] = []
  const served = await serve({
    async fetch(request) {
      const fail = request.method === "POST" ? failures.shift() : undefined
      const response = fail?.() ?? (await ingest.fetch(request)) ?? (await tellonce.fetch(request))
      const { pathname, search } = new URL(request.url)
      seen.push({ method: request.method, path: pathname + search, headers: request.headers, status: response.status })
      return response
    },
  })
  return {
    url: served.url,
    tellonce,
    seen,
    errors,
    failNext: (response, times) => failures.push(...Array.from({ length: times }, () => response)),
    log: async (key) => (await store.log({ keys: [key] })).map(({ signal }) => signal),
    close: served.close,
  }
}

/** A table as a user writes it. */
export const segment: SegmentSource<typeof shop.fields> = {
  table: {
    "Order Completed": {
      orderNumber: "properties.order_id",
      spent: "properties.total",
      orderStatus: () => "placed",
      $matter: ({ properties }) => `order:${properties.order_id}`,
    },
    "Product Viewed": { viewed: "properties.name" },
    identify: { fullName: "traits.name" },
  },
  consent: { Advertising: ["marketing"], Analytics: ["analytics"] },
  gpc: ["marketing"],
}
