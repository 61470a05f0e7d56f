import { consent, defineContext, latest, recent, type ServiceStore } from "@tellonce/core"
import * as z from "zod"
import { createTellonce } from "../create-tellonce.ts"
import type { TellonceOptions } from "../tellonce-options.ts"

export const shop = defineContext({
  name: "shop",
  version: 1,
  fields: {
    consent: consent(),
    orderNumber: latest(z.string()),
    segment: latest(z.string()),
    lastAdvert: latest(z.string()),
    viewed: recent(z.string(), { keep: 30 }),
    visited: latest(z.string(), { keepFor: "1d" }),
  },
})

export const keys = { publishable: "pk_privacy-tests", secret: "sk_privacy-tests-secret" }
export const start = 1_700_000_000_000

export type ShopOptions = Partial<TellonceOptions<typeof shop.fields>> & { readonly store: ServiceStore }

/** A shop's service with a clock that stands still until it is moved, called as over HTTP. */
export const openShop = (options: ShopOptions) => {
  let now = start
  const tellonce = createTellonce({
    context: shop,
    keys,
    clock: () => now,
    random: () => 0.5,
    log: false,
    access: { purposes: { segment: ["marketing"], lastAdvert: ["marketing", "analytics"], orderNumber: ["service"] } },
    gpc: ["marketing", "sale"],
    ...options,
  })
  const call = async (
    path: string,
    { method, body, raw, credential = keys.secret, headers = {} }: CallOptions = {},
  ) => {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    // A memory store answers within the turn; many calls in one turn, on a slow machine, would be taken for overload.
    await new Promise(setImmediate)
    const response = await tellonce.fetch(
      new Request(`http://localhost${path}`, {
        method: method ?? (payload === undefined ? "GET" : "POST"),
        headers: { authorization: `Bearer ${credential}`, ...headers },
        ...(payload !== undefined && { body: payload }),
      }),
    )
    const text = await response.text()
    return { status: response.status, text, lines: () => text.trim().split("\n").map(parse), body: parse(text) }
  }
  const send = async (signals: readonly object[], credential?: string, more: object = {}) =>
    (await call("/v1/signals", { body: { signals, ...more }, ...(credential && { credential }) })).body.results
  const visitor = async (headers: Record<string, string> = {}) =>
    (await call("/v1/visitors", { method: "POST", credential: keys.publishable, headers })).body
  const customer = async (identity: object) =>
    (await call("/v1/tokens", { body: { kind: "customer", identity } })).body.token
  return {
    tellonce,
    call,
    send,
    visitor,
    customer,
    now: () => now,
    pass: (time: number) => {
      now += time
    },
  }
}

interface CallOptions {
  readonly method?: string
  readonly body?: unknown
  readonly raw?: string
  readonly credential?: string
  readonly headers?: Record<string, string>
}

// biome-ignore lint/suspicious/noExplicitAny: answers are compared, not trusted
const parse = (text: string): any => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

let ids = 0

export const said = (identity: object, rest: object = {}) => ({
  id: `s${ids++}`,
  at: start,
  identity,
  authority: "customer",
  channel: "web",
  source: "page",
  ...rest,
})
