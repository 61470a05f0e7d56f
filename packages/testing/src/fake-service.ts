import {
  type Context,
  type ContextDefinition,
  type Fields,
  type Identity,
  parseIdentityKey,
  type Signal,
} from "@tellonce/core"
import { http, type RequestHandler } from "msw"
import { createFakeAccess, type FakeGrant } from "./fake-access.ts"
import { createFakeFaults, type FakeFault, type FakeFaultOptions } from "./fake-faults.ts"
import { createFakeFeed } from "./fake-feed.ts"
import { createFakeLedger } from "./fake-ledger.ts"
import { createFakeRoutes, type FakeCall, problem } from "./fake-routes.ts"

export type { FakeGrant } from "./fake-access.ts"
export type { FakeFault, FakeFaultOptions } from "./fake-faults.ts"

export interface FakeServiceOptions {
  readonly url: string
  /** Epoch milliseconds. The machine's clock unless told. */
  readonly now?: () => number
}

/** One request as the fake service got it. */
export interface FakeRequest {
  readonly path: string
  readonly headers: Headers
  readonly body: unknown
}

/** The service without a service: msw handlers over the real core, and faults on demand. Its keys open everything; its memory is its disk. */
export interface FakeService<F extends Fields> {
  /** For msw's `setupServer` or `setupWorker`. */
  readonly handlers: readonly RequestHandler[]
  /** As a reader with a secret key finds it: joined over proven links. */
  contextOf(identity: Identity): Context<F>
  /** What is kept, in order of arrival. */
  signals(): readonly Signal[]
  requests(path?: string): readonly FakeRequest[]
  /** The next so many requests go wrong like this. */
  fail(times: number, fault: FakeFault, options?: FakeFaultOptions): void
  /** All is well again, whatever was planned. */
  recover(): void
  /** Another channel states something, with a secret key. */
  keep(signals: readonly Signal[]): void
  /** Erases an identity; whoever follows it gets a snapshot without it. */
  forget(identity: Identity): void
  token(grant: FakeGrant): string
  revoke(token: string): void
  /** Ends all open streams, as a restart does. */
  cut(): void
  heartbeat(): void
  /** How many streams are open. */
  streams(): number
}

export const createFakeService = <F extends Fields>(
  definition: ContextDefinition<F>,
  { url, now = Date.now }: FakeServiceOptions,
): FakeService<F> => {
  const access = createFakeAccess()
  const faults = createFakeFaults()
  const feed = createFakeFeed(now)
  const ledger = createFakeLedger(definition, feed.publish)
  const requests: FakeRequest[] = []
  const base = url.replace(/\/+$/, "")

  const handle =
    (path: string, route: (call: FakeCall) => Response) =>
    async ({ request }: { readonly request: Request }): Promise<Response> => {
      const body: unknown = request.method === "POST" ? await request.json().catch(() => undefined) : undefined
      requests.push({ path, headers: request.headers, body })
      return faults.answer(path, () => {
        const caller = access.caller(request.headers.get("authorization"))
        if (caller === undefined) return problem(401, "access/unknown_credential")
        const named = new URL(request.url).searchParams.get("identity")
        const told = (body as { readonly identity?: Identity } | undefined)?.identity
        const own = "identity" in caller ? caller.identity : undefined
        return route({ request, body, caller, identity: named ? parseIdentityKey(named) : (told ?? own ?? nobody) })
      })
    }
  const routes = createFakeRoutes({ ledger, feed, access, now })
  return {
    handlers: Object.entries(routes).map(([name, route]) => {
      const [method, path = ""] = name.split(" ")
      return (method === "POST" ? http.post : http.get)(`${base}${path}`, handle(path, route))
    }),
    contextOf: (identity) => ledger.contextOf(ledger.keysOf(identity)),
    signals: () => ledger.log().map(({ signal }) => signal),
    requests: (path) => requests.filter((one) => path === undefined || one.path === path),
    fail: faults.plan,
    recover: faults.clear,
    keep: (signals) => void ledger.keep(signals, { kind: "secret" }, now()),
    forget(identity) {
      ledger.forget(identity)
      feed.resend()
    },
    token: access.issue,
    revoke: access.revoke,
    cut: feed.cut,
    heartbeat: feed.heartbeat,
    streams: feed.size,
  }
}

const nobody: Identity = { kind: "anonymous", value: "nobody" }
