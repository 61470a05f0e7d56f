import { type Fields, type ServiceStore, TellonceError } from "@tellonce/core"
import { createTellonce } from "../create-tellonce.ts"
import { HttpProblem } from "../http/http-problem.ts"
import type { Incoming } from "../http/incoming.ts"
import { json, preflightReply, problemReply, withCors } from "../http/replies.ts"
import type { Reply } from "../http/reply.ts"
import { toResponse } from "../http/to-response.ts"
import { noLink } from "../interactions/handoff-links.ts"
import { keyList } from "../principal.ts"
import type { Tellonce } from "../tellonce.ts"
import type { TellonceOptions } from "../tellonce-options.ts"
import { audienceOf } from "./audience.ts"
import { bearerOf } from "./bearer.ts"
import { digest } from "./digest.ts"
import { peekSealed, peekToken } from "./peek-token.ts"
import { tenantStore } from "./tenant-store.ts"

export interface TenantOptions extends Omit<TellonceOptions<Fields>, "store" | "tenant"> {
  /** Small letters, digits and hyphens. Part of every key in the store: it cannot be changed later. */
  readonly id: string
}

/** Several services in one process and one store, none of which knows of another. */
export interface Tenants extends Pick<Tellonce, "handle"> {
  /** The credential says which tenant is meant, or a handoff link where none is sent; nothing else in a request does. */
  fetch(request: Request): Promise<Response>
  /** The service of one tenant, for use in the process. */
  tenant(id: string): Tellonce
  close(): Promise<void>
}

/** Throws `config/tenant` for a tenant, a key or an erasure ledger that is given twice: whoever one tenant erased would be erased at the other. */
export const createTenants = (options: {
  readonly tenants: readonly TenantOptions[]
  readonly store: ServiceStore
}): Tenants => {
  const { tenants, store } = options
  const services = new Map<string, Tellonce>()
  const byKey = new Map<string, Tellonce>()
  const byAudience = new Map<string, Tellonce>()
  const byLedger = new Map<object, Tellonce>()
  const give = <Name>(map: Map<Name, Tellonce>, name: Name, service: Tellonce) => {
    if (map.has(name)) throw shared()
    map.set(name, service)
  }
  for (const { id, ...rest } of tenants) {
    const service = createTellonce({ ...rest, store: tenantStore(store, id), tenant: id })
    give(services, id, service)
    give(byAudience, audienceOf(rest.context, id), service)
    if (rest.erasures) give(byLedger, rest.erasures, service)
    for (const key of [...keyList(rest.keys.publishable), ...keyList(rest.keys.secret)]) {
      give(byKey, nameOf(key), service)
    }
  }
  const serviceOf = (request: Incoming): Tellonce | undefined => {
    const link = linkOf(request)
    const credential = credentialOf(request)
    const audience = peekToken(link ?? credential)?.claims.aud ?? peekSealed(link ?? credential)?.aud
    const named = typeof audience === "string" ? byAudience.get(audience) : undefined
    return link === undefined ? (byKey.get(nameOf(credential)) ?? named) : named
  }
  const handle: Tenants["handle"] = async (incoming) =>
    serviceOf(incoming)?.handle(incoming) ?? withCors(answerStranger(incoming))
  return {
    fetch: async (request) => toResponse(await handle(request)),
    handle,
    tenant(id) {
      const service = services.get(id)
      if (service) return service
      throw new TellonceError("config/tenant", "There is no tenant of this id. List it in `tenants`.")
    },
    async close() {
      await Promise.all([...services.values()].map((service) => service.close()))
      await store.close?.()
    },
  }
}

const shared = () =>
  new TellonceError("config/tenant", "Two tenants share an id, a key or an erasure ledger. Give each its own.")

/** The token or key of a request, or the ticket in its address. */
const credentialOf = (request: Incoming): string =>
  bearerOf(request) ?? new URL(request.url).searchParams.get("ticket") ?? ""

/** The sealed link in the path, which admits by itself where no credential is sent. */
const linkOf = (request: Incoming): string | undefined =>
  request.headers.has("authorization")
    ? undefined
    : /^\/v1\/handoff-links\/([\w.-]+)/.exec(new URL(request.url).pathname)?.[1]

/** Keys are looked up by their digest. */
const nameOf = (key: string): string => digest(key).toString("base64")

/** Whoever belongs to no tenant learns no more than that the service lives. */
const answerStranger = (request: Incoming): Reply => {
  if (request.method === "OPTIONS") return preflightReply()
  if (new URL(request.url).pathname === "/healthz") return json(200, { status: "ok" })
  if (linkOf(request) !== undefined) return problemReply(noLink())
  return problemReply(
    request.headers.has("authorization")
      ? new HttpProblem(401, "access/unknown_credential", "This key or token is unknown or has expired. Get a new one.")
      : new HttpProblem(401, "access/no_credential", 'Send a key or a token as "Authorization: Bearer …".'),
  )
}
