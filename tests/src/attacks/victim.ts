import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { ServiceStore } from "@tellonce/core"
import { type Agent, createSqliteStore, createTellonce, serve, type Tellonce } from "@tellonce/node"
import { pino } from "pino"
import { keys, said, shop } from "../service-under-test.ts"

/** Words only the victim said. One of them in an answer to anybody else is a leak. */
export const canaries = {
  order: "CANARY-ORDER-7Q2Z",
  message: "canary message: my door code is 4711-XK",
  told: "CANARY-TOLD-9W1",
  tag: "canary-tag-5h8",
} as const

/** With which the company's backend signs who its customer is. */
export const backendSecret = "the-backend-signs-who-is-signed-in"

const everything = { reads: "all", writes: "all", owner: "support", channel: "crm", purposes: ["service"] } as const

const agents: readonly Agent[] = [
  {
    ...everything,
    id: "desk",
    kind: "human",
    actions: ["read", "write", "ask", "tell", "hand_off", "take", "issue_ticket"],
  },
  /** Sees the order number, and of the rest nothing. */
  {
    ...everything,
    id: "bot",
    kind: "ai",
    reads: ["orderNumber"],
    writes: [],
    actions: ["read", "ask", "issue_ticket"],
  },
  { ...everything, id: "auditor", kind: "human", reads: [], writes: [], actions: ["read_audit"] },
]

/** The attacks ask faster than any customer: what they meet is to be the defence in question. */
const unlimited = { publishable: undefined, visitor: undefined, customer: undefined, agent: undefined }

export const victim = { kind: "email", value: "kim@victim.example" } as const
export const victimKey = `${victim.kind}:${victim.value}`

export interface UnderAttack {
  readonly tellonce: Tellonce<typeof shop.fields>
  readonly url: string
  /** Asks as the company's own backend, unless told, and reads the JSON. */
  call(
    path: string,
    options?: { readonly body?: unknown; readonly credential?: string; readonly method?: string },
    // biome-ignore lint/suspicious/noExplicitAny: answers are compared, not trusted
  ): Promise<{ readonly status: number; readonly body: any }>
  close(): Promise<void>
  /** Every line of its log, at the most talkative level. */
  readonly logged: readonly string[]
  /** Everything the service has answered to the attacker, byte for byte. */
  readonly heard: string[]
  /** Sends as the attacker and hears the answer; `null` has no credential. */
  attack(
    path: string,
    options?: {
      readonly body?: unknown
      readonly raw?: string
      readonly credential?: string | null
      readonly method?: string
      readonly headers?: Readonly<Record<string, string>>
    },
  ): Promise<{
    readonly status: number
    readonly text: string
    readonly code: string | undefined
    readonly headers: Headers
  }>
  visitor(): Promise<{ readonly identity: { readonly kind: string; readonly value: string }; readonly token: string }>
  send(signals: readonly unknown[], credential?: string): Promise<readonly string[]>
  readonly database: string
}

/** The store that is attacked: a file, unless a test says otherwise before the first attack. */
let openStore = (path: string): Promise<ServiceStore> => createSqliteStore({ path })
export const attackOn = (open: typeof openStore): void => {
  openStore = open
}

/** One that is attacked, with nothing in it, and where its file is, if it has one. Remove the directory when done. */
export const openAttacked = async () => {
  const directory = await mkdtemp(join(tmpdir(), "tellonce-attack-"))
  const database = join(directory, "shop.db")
  return { directory, database, store: await openStore(database) }
}

/** The real service on a real store, with a victim whose canaries are planted. */
export const startUnderAttack = async ({ clock = Date.now } = {}): Promise<UnderAttack> => {
  const { directory, database, store } = await openAttacked()
  const logged: string[] = []
  const tellonce = createTellonce({
    context: shop,
    store,
    keys,
    identityKeys: [{ id: "backend", algorithm: "HS256", secret: backendSecret }],
    access: { agents },
    clock,
    rates: unlimited,
    log: pino({ level: "trace" }, { write: (line) => void logged.push(line) }),
  })
  const served = await serve(tellonce)
  const heard: string[] = []

  const ask = (
    path: string,
    { body, raw, credential, method, headers = {} }: NonNullable<Parameters<UnderAttack["attack"]>[1]>,
  ) => {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    return fetch(served.url + path, {
      method: method ?? (payload === undefined ? "GET" : "POST"),
      ...(payload !== undefined && { body: payload }),
      headers: { ...headers, ...(credential && { authorization: `Bearer ${credential}` }) },
    })
  }
  const attack: UnderAttack["attack"] = async (path, options = {}) => {
    const response = await ask(path, options)
    const text = await response.text()
    heard.push(text, ...[...response.headers].flat())
    return { status: response.status, text, code: codeOf(text), headers: response.headers }
  }
  const call: UnderAttack["call"] = async (path, options = {}) => {
    const response = await ask(path, { credential: keys.secret, ...options })
    return { status: response.status, body: await response.json() }
  }
  const send: UnderAttack["send"] = async (signals, credential = keys.secret) => {
    const { body } = await call("/v1/signals", { body: { signals }, credential })
    if (credential !== keys.secret) heard.push(JSON.stringify(body))
    if (body.error) return [body.error.code]
    return body.results.map((result: { status: string; code?: string }) => result.code ?? result.status)
  }
  await plant(send, clock)
  return {
    tellonce,
    url: served.url,
    call,
    logged,
    heard,
    attack,
    send,
    database,
    visitor: async () => (await call("/v1/visitors", { method: "POST", credential: keys.publishable })).body,
    async close() {
      await served.close()
      await tellonce.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

const plant = async (send: UnderAttack["send"], clock: () => number) => {
  const of = (rest: object) => said({ identity: victim, at: clock(), ...rest })
  const planted = await send([
    of({ facts: { orderNumber: canaries.order, tags: [canaries.tag] } }),
    of({ event: { name: "message", text: canaries.message } }),
    of({ authority: "agent", event: { name: "told", facts: { refund: canaries.told } } }),
  ])
  if (planted.some((status) => status !== "accepted")) throw new Error(`The victim was not planted: ${planted}`)
}

/** The canaries that stand in what was heard. */
export const leaksIn = (heard: readonly string[]): readonly string[] => {
  const all = heard.join("\n")
  return Object.values(canaries).filter((canary) => all.includes(canary))
}

const codeOf = (text: string): string | undefined => {
  try {
    return JSON.parse(text).error?.code
  } catch {
    return undefined
  }
}
