import { service as forService } from "../access/purpose.ts"
import { auditStream } from "../audit/audit-stream.ts"
import { liveFeed } from "../feed/live-feed.ts"
import { readAllowed, readingOf } from "../read-allowed.ts"
import type { Route } from "../route.ts"

export const streamContext: Route = {
  method: "GET",
  path: "/v1/stream",
  summary:
    "Server-sent events: a snapshot, then signals as they are kept. Send Last-Event-ID to go on where you were; a `reset` says that this cannot be done.",
  query: ["identity", "purpose", "ticket", "lastEventId"],
  answers: "An event stream of `snapshot`, `signals` and `reset`",
  async handle(call) {
    const { request, principal, searchParams, service } = call
    const { access, clock, feeds, privacy, random, revocations, store } = service
    const { purpose = forService } = readingOf(call, "read")
    const stream = liveFeed({
      hub: feeds,
      store,
      clock,
      random,
      async read() {
        const allowed = await readAllowed(call, "read")
        await auditStream(service.audit, { principal, identity: allowed.identity, others: allowed.keys })
        return allowed
      },
      lastEventId: seqOf(request.headers.get("last-event-id") ?? searchParams.get("lastEventId")),
      isStanding: () =>
        !revocations.isRevoked(principal) &&
        !privacy.isErased(principal) &&
        !("expiresAt" in principal && clock() >= principal.expiresAt),
      // A restriction holds back an agent whatever it reads for.
      renewedBy: purpose === forService && principal.kind !== "agent" ? [] : access.consentFields,
    })
    return {
      status: 200,
      headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
      body: stream,
    }
  },
}

/** The place after which to go on; 0 for what is no id of ours. */
const seqOf = (id: string | null): number => (/^\d{1,16}$/.test(id ?? "") ? Number(id) : 0)
