import { consent, defineContext, type HouseEvent, type Identity, latest, type SignalEvent } from "@tellonce/core"
import * as z from "zod"
import { createTellonce } from "../create-tellonce.ts"
import { createMemoryStore } from "../store/memory-store.ts"
import type { Tellonce } from "../tellonce.ts"
import type { Agent } from "./access-policy.ts"
import { agentActions } from "./action.ts"

const text = () => latest(z.string())
export const definition = defineContext({
  name: "matrix",
  version: 1,
  fields: { order: text(), size: text(), segment: text(), city: text(), consents: consent() },
})

export const keys = { publishable: "pk_of-the-matrix", secret: "sk_of-the-matrix-alone" }
export const subject = { kind: "email", value: "ada@example.com" }
export const facts = ["order", "size", "segment", "city"] as const
export const house = [
  "$messages",
  "$asked",
  "$promised",
  "$tried",
  "$links",
  "$matters",
  "$holds",
  "$handoffs",
  "$events",
] as const
export const everything = [...facts, ...house] as const
export type Name = (typeof everything)[number]

const agent = (id: string, entry: Partial<Agent>): Agent => ({
  id,
  kind: "ai",
  owner: "team",
  channel: "desk",
  reads: [],
  writes: [],
  actions: ["read", "ask", "write", "issue_ticket"],
  purposes: ["service"],
  ...entry,
})

/** Segment serves marketing alone, the city both; the rest serves the service. */
export const access = {
  purposes: { segment: ["marketing"], city: ["service", "marketing"] },
  agents: [
    agent("all", { reads: "all", writes: "all", actions: agentActions, purposes: ["service", "marketing"] }),
    agent("desk", { reads: ["order", "city", "$messages", "$told"], writes: ["size"] }),
    agent("bot", { reads: ["size", "$links"], writes: ["order"], actions: ["read", "ask", "write", "tell"] }),
    agent("campaign", { reads: "all", purposes: ["marketing"], actions: ["read", "ask"] }),
    agent("mute", { reads: "all", writes: "all", actions: [] }),
  ],
}

const serving = ["order", "size", "city", ...house] as const
/** What each may read: by purpose, and without or with the customer's consent to marketing. `null` is refused altogether. Declared by hand. */
export const readable: Readonly<
  Record<string, { readonly service: readonly Name[] | null; readonly marketing: readonly Name[] | null }>
> = {
  secret: { service: everything, marketing: ["segment", "city"] },
  publishable: { service: null, marketing: null },
  visitor: { service: everything, marketing: ["segment", "city"] },
  customer: { service: everything, marketing: ["segment", "city"] },
  all: { service: serving, marketing: ["segment", "city"] },
  desk: { service: ["order", "city", "$messages"], marketing: [] },
  bot: { service: ["size", "$links"], marketing: [] },
  campaign: { service: [], marketing: ["segment", "city"] },
  mute: { service: null, marketing: null },
}

/** What each may state. */
export const writable: Readonly<Record<string, readonly Name[] | null>> = {
  secret: everything,
  publishable: null,
  visitor: [...facts, "$messages", "$asked", "$tried", "$matters", "$events"],
  customer: [...facts, "$messages", "$asked", "$tried", "$matters", "$events"],
  all: everything,
  desk: ["size", "$messages", "$asked", "$tried", "$events"],
  bot: ["order", "$messages", "$asked", "$tried", "$events", "$promised"],
  campaign: null,
  mute: null,
}

/** Found in an answer only where that field has got out. */
export const canary = (name: Name) => `canary-${name};`

const events: Readonly<Record<(typeof house)[number], SignalEvent>> = {
  $messages: { name: "message", text: canary("$messages") },
  $asked: { name: "asked", fields: [canary("$asked")] },
  $promised: { name: "promised", what: canary("$promised") },
  $tried: { name: "tried", what: canary("$tried") },
  $links: { name: "linked", to: { kind: "user", value: canary("$links") }, proof: "verified" },
  $matters: { name: "opened", title: canary("$matters") },
  $holds: { name: "held", hold: "h1", action: "promote", reason: canary("$holds"), owner: "team" },
  $handoffs: { name: "handed", handoff: "o1", to: "desk", reason: canary("$handoffs") },
  $events: { name: "page", data: { seen: canary("$events") } },
} satisfies Record<string, HouseEvent | SignalEvent>

/** Two verified links to one user would make one customer of both. */
const linkOf = ({ kind }: Identity): object =>
  kind === subject.kind ? {} : { event: { ...events.$links, proof: "claimed" } }

/** A signal of one field that carries its canary. */
export const signalOf = (name: Name, rest: object = {}) => ({
  channel: "desk",
  source: "matrix",
  matter: "m1",
  ...(name in events ? { event: events[name as keyof typeof events] } : { facts: { [name]: canary(name) } }),
  ...rest,
})

export interface MatrixService {
  readonly tellonce: Tellonce
  readonly credentials: Readonly<Record<string, string>>
  call(path: string, credential: string, body?: unknown): Promise<Response>
}

export const startMatrix = async ({ consents = false } = {}): Promise<MatrixService> => {
  const tellonce = createTellonce({ context: definition, store: createMemoryStore(), keys, access, log: false })
  const call: MatrixService["call"] = (path, credential, body) =>
    tellonce.fetch(
      new Request(`http://matrix${path}`, {
        method: body === undefined ? "GET" : "POST",
        headers: { authorization: `Bearer ${credential}` },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
  const visitor = (await (await call("/v1/visitors", keys.publishable, {})).json()) as {
    identity: typeof subject
    token: string
  }
  const tokenOf = async (grant: Parameters<typeof tellonce.issueToken>[0]) => (await tellonce.issueToken(grant)).token
  for (const identity of [subject, visitor.identity]) {
    await tellonce.record([
      ...(consents
        ? [{ identity, channel: "page", source: "page", facts: { consents: { marketing: "granted" } } } as const]
        : []),
      ...everything.map((name) => ({ ...signalOf(name, name === "$links" ? linkOf(identity) : {}), identity })),
    ])
  }
  const agents = await Promise.all(
    access.agents.map(async ({ id }) => [id, await tokenOf({ kind: "agent", agent: id })] as const),
  )
  return {
    tellonce: tellonce as unknown as Tellonce,
    call,
    credentials: {
      ...keys,
      visitor: visitor.token,
      customer: await tokenOf({ kind: "customer", identity: subject }),
      ...Object.fromEntries(agents),
    },
  }
}
