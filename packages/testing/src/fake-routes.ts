import { ask, encodeContext, type Fields, type Identity, identityKey, view } from "@tellonce/core"
import { HttpResponse } from "msw"
import type { FakeAccess, FakeCaller, FakeGrant } from "./fake-access.ts"
import type { FakeFeed } from "./fake-feed.ts"
import type { FakeLedger } from "./fake-ledger.ts"

/** One request, its caller known. */
export interface FakeCall {
  readonly request: Request
  readonly body: unknown
  readonly caller: FakeCaller
  /** Whose context is meant. */
  readonly identity: Identity
}

export interface FakeRoutesOptions<F extends Fields> {
  readonly ledger: FakeLedger<F>
  readonly feed: FakeFeed
  readonly access: FakeAccess
  readonly now: () => number
}

/** Method and path to answer, as the HTTP API of the service has them. */
export const createFakeRoutes = <F extends Fields>({ ledger, feed, access, now }: FakeRoutesOptions<F>) => {
  let visitors = 0
  const keysFor = (identity: Identity, caller: FakeCaller) =>
    caller.kind === "visitor" ? [identityKey(identity)] : ledger.keysOf(identity)
  const snapshot = (keys: readonly string[]) => {
    const context = JSON.parse(encodeContext(ledger.contextOf(keys))) as unknown
    return { seq: ledger.lastSeq(), identities: keys, context }
  }
  return {
    "POST /v1/visitors": () => {
      const identity = { kind: "anonymous", value: `visitor-${++visitors}` }
      const token = access.issue({ kind: "visitor", identity })
      return HttpResponse.json({ now: now(), identity, token, expiresAt: now() + 86_400_000 }, { status: 201 })
    },
    "POST /v1/signals": ({ body, caller }) => {
      const { signals } = (body ?? {}) as { readonly signals?: unknown }
      if (!Array.isArray(signals) || signals.length === 0) return problem(400, "body/shape")
      if (signals.length > 500) return problem(413, "body/too_many_signals")
      return HttpResponse.json({ now: now(), results: ledger.keep(signals, caller, now()) })
    },
    "GET /v1/context": ({ identity, caller }) => {
      const keys = keysFor(identity, caller)
      return HttpResponse.json({ now: now(), ...snapshot(keys), view: view(ledger.contextOf(keys), { now: now() }) })
    },
    "GET /v1/stream": ({ identity, caller, request }) => {
      const last = Number(request.headers.get("last-event-id") ?? 0)
      const goesOn = last > 0 && last >= ledger.oldestSeq() && last <= ledger.lastSeq()
      const keys = () => keysFor(identity, caller)
      const reader = { keys, snapshot: () => snapshot(keys()) }
      const stream = feed.open(
        reader,
        goesOn ? ledger.log().filter(({ seq }) => seq > last) : undefined,
        request.signal,
      )
      return new HttpResponse(stream, { headers: { "content-type": "text/event-stream" } })
    },
    "POST /v1/asks": ({ body, identity, caller }) => {
      const { fields = [], matter, maxAge, channel = "fake" } = (body ?? {}) as AskBody
      const answers = ask(ledger.contextOf(keysFor(identity, caller)), fields, { now: now(), matter, maxAge })
      const asked = fields.filter((field) => answers[field]?.answer !== "skip")
      const stamp = { id: `asked-${ledger.lastSeq()}`, at: now(), authority: "bot", source: "fake", channel }
      const signal = { ...stamp, identity, event: { name: "asked", fields: asked } }
      if (asked.length > 0) ledger.keep([signal], { kind: "secret" }, now())
      return HttpResponse.json({ now: now(), answers })
    },
    "POST /v1/tokens": ({ body }) =>
      HttpResponse.json({ token: access.issue(body as FakeGrant), expiresAt: now() + 3_600_000 }, { status: 201 }),
  } satisfies Readonly<Record<string, (call: FakeCall) => Response>>
}

interface AskBody {
  readonly fields?: readonly string[]
  readonly matter?: string
  readonly maxAge?: number
  readonly channel?: string
}

export const problem = (status: number, code: string): Response =>
  HttpResponse.json({ error: { code, message: "The fake service refuses this as the service would." } }, { status })
