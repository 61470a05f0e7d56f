import { auditRefusals } from "./audit/audit-refusals.ts"
import { authenticate } from "./authenticate.ts"
import { createRouter } from "./create-router.ts"
import { HttpProblem } from "./http/http-problem.ts"
import type { Incoming } from "./http/incoming.ts"
import { json, preflightReply, problemReply, withCors } from "./http/replies.ts"
import type { Reply } from "./http/reply.ts"
import { openApi } from "./open-api.ts"
import { answerProbe } from "./operate/answer-probe.ts"
import { codeOf, type Seen } from "./operate/create-operations.ts"
import { isVital } from "./overload/is-vital.ts"
import type { Principal } from "./principal.ts"
import { routes } from "./routes.ts"
import type { Service } from "./service.ts"

/** One request to one reply; every failure becomes a reply with a code. Never rejects. */
export const createHandler = (service: Service) => {
  const respond = createRespond(service)
  return (incoming: Incoming): Promise<Reply> =>
    service.operations.observe(incoming, async (seen) => {
      const reply = await respond(incoming, seen).catch((thrown: unknown) => {
        seen.code = codeOf(thrown)
        if (!(thrown instanceof HttpProblem)) service.onError(thrown)
        return problemReply(thrown)
      })
      return withCors(reply)
    })
}

const createRespond = (service: Service) => {
  const router = createRouter(routes)
  const { operations } = service
  return async (request: Incoming, seen: Seen): Promise<Reply> => {
    const { pathname, searchParams } = new URL(request.url)
    if (request.method === "OPTIONS") return preflightReply()
    const identify = () => authenticate({ request, pathname, searchParams }, service)
    const probe = answerProbe(request, pathname, { operations, seen, authenticate: identify })
    if (probe) return probe
    if (pathname === "/v1/openapi.json") return json(200, openApi(service.definition, routes))
    const { route, params } = router(request.method, pathname)
    seen.route = route.path
    const hasOwnLane = isVital(route.path)
    if (!hasOwnLane && !request.isAdmitted) operations.admit()
    const isAnyone = route.open === true && !request.headers.has("authorization")
    const act = { audit: service.audit, action: `${route.method} ${route.path}`, searchParams }
    const caller = isAnyone
      ? anyone
      : await auditRefusals({ ...act, principal: { kind: "nobody", request: seen.id } }, identify)
    const principal: Principal = { ...caller, request: seen.id }
    seen.principal = principal.kind
    if (!hasOwnLane) operations.spend(principal)
    return auditRefusals({ ...act, principal }, async () => {
      await service.privacy.admit(request, principal, service.keep)
      return route.handle({ request, searchParams, params, principal, service })
    })
  }
}

/** A caller of an open route who shows nothing has what all may have. */
const anyone: Principal = { kind: "publishable" }
