import { count, defineContext, latest, recent, set } from "@tellonce/core"
import {
  type AccessPolicy,
  type Agent,
  agentActions,
  createMemoryStore,
  createTellonce,
  type Served,
  serve,
  type Tellonce,
} from "@tellonce/node"
import * as z from "zod"

export const shop = defineContext({
  name: "shop",
  version: 1,
  fields: {
    orderNumber: latest(z.string(), { ask: "What is your order number?" }),
    intent: latest(z.enum(["browse", "return"]), { freshFor: "30m" }),
    viewed: recent(z.string(), { keep: 3 }),
    tags: set(z.string()),
    errors: count({ window: "1h" }),
  },
})

export const keys = { publishable: "pk_for-the-tests", secret: "sk_for-the-tests-alone" }

/** An agent that may do all that an agent can. */
export const deskOf = (id: string): Agent => ({
  id,
  kind: "human",
  owner: "support",
  channel: "desk",
  reads: "all",
  writes: "all",
  actions: agentActions,
  purposes: ["service"],
})

export interface ServiceUnderTest {
  readonly tellonce: Tellonce<typeof shop.fields>
  readonly url: string
  /** Calls the service as `credential` (the secret key unless told; null sends none) and reads its JSON. */
  call(
    path: string,
    options?: { body?: unknown; raw?: string; credential?: string | null; method?: string },
  ): Promise<Answer>
  close(): Promise<void>
}

export interface Answer {
  readonly status: number
  // The tests state the shapes; here they are as they come.
  // biome-ignore lint/suspicious/noExplicitAny: answers are compared, not trusted
  readonly body: any
  readonly headers: Headers
}

/** The real service over real HTTP on a free port. `clock` moves time. */
export const startService = async ({
  store = createMemoryStore(),
  clock = Date.now,
  access = { agents: [deskOf("desk-1"), deskOf("me")] } as AccessPolicy,
} = {}): Promise<ServiceUnderTest> => {
  const tellonce = createTellonce({ context: shop, store, keys, clock, access })
  const served: Served = await serve(tellonce)
  return {
    tellonce,
    url: served.url,
    async call(path, { body, raw, credential = keys.secret, method } = {}) {
      const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body))
      const response = await fetch(served.url + path, {
        method: method ?? (payload === undefined ? "GET" : "POST"),
        ...(payload !== undefined && { body: payload }),
        headers: credential === null ? {} : { authorization: `Bearer ${credential}` },
      })
      return { status: response.status, body: await response.json(), headers: response.headers }
    },
    close: served.close,
  }
}

let ids = 0

/** A signal of Ada's as her backend would send it. */
export const said = (rest: object = {}) => ({
  id: `t${ids++}`,
  at: Date.now(),
  identity: { kind: "email", value: "ada@example.com" },
  authority: "customer",
  channel: "web-chat",
  source: "test",
  ...rest,
})
