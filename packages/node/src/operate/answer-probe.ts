import { timingSafeEqual } from "node:crypto"
import { digest } from "../access/digest.ts"
import { HttpProblem } from "../http/http-problem.ts"
import type { Incoming } from "../http/incoming.ts"
import { json } from "../http/replies.ts"
import type { Reply } from "../http/reply.ts"
import type { Principal } from "../principal.ts"
import type { Operations, Seen } from "./create-operations.ts"

/** What is asked of the service itself and not of a customer. Never refused for want of room; undefined for any other path. */
export const answerProbe = (
  request: Pick<Incoming, "headers">,
  pathname: string,
  { operations, authenticate, seen }: ProbeOptions,
): Promise<Reply> | undefined => {
  const probe = probes[pathname]
  if (probe === undefined || !Object.hasOwn(probes, pathname)) return undefined
  seen.route = pathname
  return probe(request, operations, authenticate)
}

interface ProbeOptions {
  readonly operations: Operations
  readonly seen: Seen
  /** Who calls. Throws when that cannot be told. */
  readonly authenticate: () => Promise<Principal>
}

type Probe = (
  request: Pick<Incoming, "headers">,
  operations: Operations,
  authenticate: ProbeOptions["authenticate"],
) => Promise<Reply>

const probes: Readonly<Record<string, Probe>> = {
  /** 200 while the process answers: a supervisor that restarts it would not mend the store. */
  async "/healthz"(_request, { health }) {
    const store = await health()
    return json(200, { status: store === "ready" ? "ok" : "degraded", store })
  },
  /** 503 while the store is not ready: a load balancer sends elsewhere. */
  async "/readyz"(_request, { health }) {
    const store = await health()
    return json(store === "ready" ? 200 : 503, { store })
  },
  /** A key of its own, so that whoever scrapes need not hold the one that reads customers; that one serves as well. */
  async "/metrics"(request, { metrics, metricsKey }, authenticate) {
    const shown = request.headers.get("authorization") ?? ""
    const isScraper = metricsKey !== undefined && isSame(shown, `Bearer ${metricsKey}`)
    if (!isScraper && (await authenticate()).kind !== "secret") {
      throw new HttpProblem(
        403,
        "access/metrics_key",
        'Send the metrics key or the secret key as "Authorization: Bearer …".',
      )
    }
    const { text, contentType } = await metrics.expose()
    return { status: 200, headers: { "content-type": contentType, "cache-control": "no-store" }, body: text }
  },
}

/** Compares in a time that does not tell how much agreed. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b))
