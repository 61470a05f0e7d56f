import { encodeContext, type Identity, parseIdentityKey, SignalSchema, view } from "@tellonce/core"
import { v7 as uuid } from "uuid"
import * as z from "zod"
import { type Action, demand } from "./can.ts"
import { HttpProblem, json } from "./http.ts"
import { readJson } from "./input-gate.ts"
import { liveFeed } from "./live-feed.ts"
import type { Principal } from "./principal.ts"
import type { Call, Route } from "./route.ts"

const mostSignals = 500

const IdentityBody = z.strictObject({ kind: z.string().min(1).max(32), value: z.string().min(1).max(320) })
const SignalsBody = z.strictObject({ signals: z.array(z.unknown()).min(1), sentAt: z.number().optional() })
const SignalsDescription = z.strictObject({
  signals: z
    .array(SignalSchema as unknown as z.ZodType)
    .min(1)
    .max(mostSignals),
})
const AsksBody = z.strictObject({
  identity: IdentityBody.optional(),
  fields: z.array(z.string()).min(1).max(64),
  channel: z.string().min(1).max(64),
  source: z.string().min(1).max(64).optional(),
  matter: z.string().min(1).max(128).optional(),
  maxAge: z.number().nonnegative().optional(),
})
const TokensBody = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("customer"), identity: IdentityBody }),
  z.strictObject({ kind: z.literal("agent"), agent: z.string().min(1).max(128) }),
])

/** Every way in and out, and what the API description is made from. */
export const routes: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/visitors",
    summary: "Opens an anonymous visitor for a page; its token writes to and reads that visitor alone.",
    answers: "The visitor's identity and token",
    async handle({ principal, service }) {
      demand(principal, "open_visitor")
      const identity = { kind: "anonymous", value: uuid() }
      const issued = await service.tokens.issue({ kind: "visitor", identity })
      return json(201, { now: service.clock(), identity, ...issued })
    },
  },
  {
    method: "POST",
    path: "/v1/signals",
    summary:
      "Keeps signals. An answer in the 200s means every accepted one is on the disk. One bad signal stops no other.",
    body: SignalsDescription,
    answers: "One result per signal, in order",
    async handle({ request, principal, service }) {
      demand(principal, "write")
      const { signals } = parseBody(SignalsBody, await readJson(request))
      if (signals.length > mostSignals) {
        throw new HttpProblem(
          413,
          "body/too_many_signals",
          `A request holds at most ${mostSignals} signals. Nothing of it was kept; send fewer at a time.`,
        )
      }
      return json(200, { now: service.clock(), results: await service.keep(signals, principal) })
    },
  },
  {
    method: "GET",
    path: "/v1/context",
    summary: "What is known of a customer now: the context to merge, and the view to read.",
    query: ["identity", "matter"],
    answers: "The customer's identities, context and view",
    async handle(call) {
      const { service, searchParams } = call
      const { identities, context, seq } = await readAllowed(call, "read")
      const now = service.clock()
      const seen = view(context, { now, matter: searchParams.get("matter") ?? undefined })
      return json(200, { now, seq, identities, context: JSON.parse(encodeContext(context)), view: seen })
    },
  },
  {
    method: "GET",
    path: "/v1/stream",
    summary:
      "Server-sent events: a snapshot, then signals as they are kept. Send Last-Event-ID to go on where you were.",
    query: ["identity"],
    answers: "An event stream of `snapshot` and `signals`",
    async handle(call) {
      const { request, principal, service } = call
      await readAllowed(call, "read")
      const stream = liveFeed({
        store: service.store,
        clock: service.clock,
        read: () => readAllowed(call, "read"),
        lastEventId: Number.parseInt(request.headers.get("last-event-id") ?? "0", 10) || 0,
        expiresAt: "expiresAt" in principal ? principal.expiresAt : undefined,
      })
      return new Response(stream, {
        headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
      })
    },
  },
  {
    method: "POST",
    path: "/v1/asks",
    summary: "Must these fields be asked? Answers skip, confirm or ask for each, and records what is to be asked.",
    body: AsksBody,
    answers: "One answer per field",
    async handle({ request, principal, service }) {
      const { identity, fields, channel, source, matter, maxAge } = parseBody(AsksBody, await readJson(request))
      const subject = identity ?? ownIdentity(principal)
      demand(principal, "ask", subject)
      const unknown = fields.some((field) => !Object.hasOwn(service.definition.fields, field))
      if (unknown)
        throw new HttpProblem(
          400,
          "ask/unknown_field",
          `The definition "${service.definition.name}" has no field of that name.`,
        )
      const question = { fields, channel, matter, maxAge, ...(source === undefined ? {} : { source }) }
      return json(200, { now: service.clock(), answers: await service.answer(subject, question, principal) })
    },
  },
  {
    method: "POST",
    path: "/v1/tokens",
    summary: "Issues a token for a page of yours: for the customer you have signed in, or for an agent.",
    body: TokensBody,
    answers: "The token and when it ends",
    async handle({ request, principal, service }) {
      demand(principal, "issue_token")
      return json(201, await service.tokens.issue(parseBody(TokensBody, await readJson(request))))
    },
  },
]

const readAllowed = ({ principal, searchParams, service }: Call, action: Action) => {
  const named = searchParams.get("identity")
  const identity = named === null ? ownIdentity(principal) : namedIdentity(named)
  demand(principal, action, identity)
  return service.customer(identity, principal.kind === "visitor")
}

const namedIdentity = (named: string): Identity => {
  if (/^[a-z][a-z0-9._-]{0,31}:./.test(named)) return parseIdentityKey(named)
  throw new HttpProblem(400, "identity/shape", 'Name an identity as "kind:value", such as "email:ada@example.com".')
}

const ownIdentity = (principal: Principal): Identity => {
  if ("identity" in principal) return principal.identity
  throw new HttpProblem(
    400,
    "identity/missing",
    'Say whose context is meant: "kind:value", such as "email:ada@example.com".',
  )
}

const parseBody = <Output>(schema: z.ZodType<Output>, body: unknown): Output => {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new HttpProblem(
    400,
    "body/shape",
    `"${issue?.path.join(".") ?? ""}": ${issue?.message ?? "refused"}. See /v1/openapi.json.`,
  )
}
