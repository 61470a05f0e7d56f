import { consent, defineContext, latest, parseSignal, recent, type Signal } from "@tellonce/core"
import * as z from "zod"
import { createIngest } from "./create-ingest.ts"
import type { Sources } from "./sources.ts"

export const shop = defineContext({
  name: "shop",
  version: 1,
  fields: {
    orderNumber: latest(z.string()),
    orderStatus: latest(z.enum(["placed", "shipped", "delayed"])),
    inStock: latest(z.boolean()),
    spent: latest(z.number()),
    viewed: recent(z.string(), { keep: 5 }),
    consents: consent(),
  },
})
export type ShopSources = Sources<typeof shop.fields>

export const keys = { publishable: "pk_for-any-browser", secret: "sk_for-the-backend-alone" }
export const now = Date.UTC(2026, 0, 15, 12)

/** Ingest before a recorder that takes what core takes as a signal, each id once. */
export const openIngest = (
  sources: ShopSources,
  options: { readonly url?: string; readonly clock?: () => number } = {},
) => {
  const signals: Signal[] = []
  const errors: unknown[] = []
  const sentAts: (number | undefined)[] = []
  const ingest = createIngest({
    context: shop,
    keys,
    sources,
    clock: () => now,
    onError: (error) => errors.push(error),
    record: async (given, { sentAt } = {}) => {
      sentAts.push(sentAt)
      return given.map((signal) => {
        const parsed = parseSignal(shop, signal)
        if (!parsed.ok) return { status: "rejected" as const, code: parsed.code }
        const isKnown = signals.some(({ id, source }) => id === signal.id && source === signal.source)
        if (!isKnown) signals.push(parsed.signal)
        return { status: isKnown ? ("duplicate" as const) : ("accepted" as const) }
      })
    },
    ...options,
  })
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> => {
    const payload = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body)
    const request = new Request(`https://context.shop.example${path}`, {
      method: "POST",
      body: payload as string,
      headers,
    })
    const response = await ingest.fetch(request)
    if (response === undefined) throw new Error(`${path} is not a path of ingest`)
    return response
  }
  return { ingest, post, signals, errors, sentAts }
}

/** A header as Segment clients send it. */
export const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` })
