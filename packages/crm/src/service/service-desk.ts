import { type Identity, type Millis, TellonceError } from "@tellonce/core"
import type { PanelDesk } from "../panel/panel-desk.ts"
import type { ServiceApi } from "./service-api.ts"

export interface ServiceDeskOptions {
  readonly identity: Identity
  readonly agent: string
  readonly channel?: string | undefined
  readonly matter?: string | undefined
  /** By the service's clock. */
  readonly now: () => Millis
}

/** What the agent does, done on the service: each resolves when it is on its disk. */
export const createServiceDesk = (api: ServiceApi, options: ServiceDeskOptions): Required<PanelDesk> => {
  const { identity, agent, channel = "crm", matter, now } = options
  const here = { identity, channel, source: "tellonce-panel" }
  const inMatter = { ...here, ...(matter !== undefined && { matter }) }
  const name = encodeURIComponent
  return {
    acceptHandoff: (handoff) => api.call("POST", `handoffs/${name(handoff)}/accept`, here),
    declineHandoff: (handoff) => api.call("POST", `handoffs/${name(handoff)}/decline`, here),
    async correct(field, value, about) {
      const signal = {
        ...here,
        ...(about !== undefined && { matter: about }),
        id: crypto.randomUUID(),
        at: Math.floor(now()),
        authority: "agent",
        speaker: agent,
        facts: { [field]: value },
      }
      const { results } = await api.call("POST", "signals", { signals: [signal] })
      demandKept(results)
    },
    hold: ({ action, reason, until }) =>
      api.call("POST", "holds", {
        ...inMatter,
        action,
        reason,
        owner: agent,
        ...(until !== undefined && { until: Math.floor(until) }),
      }),
    release: (hold) => api.call("DELETE", `holds/${name(hold)}`, here),
    told: (facts) => api.call("POST", "told", { ...inMatter, facts }),
  }
}

/** A batch is answered per signal: the request may succeed and its one signal be refused. */
const demandKept = (results: unknown): void => {
  const [result] = (Array.isArray(results) ? results : []) as readonly {
    readonly status?: unknown
    readonly code?: unknown
    readonly message?: unknown
  }[]
  if (result?.status === "accepted" || result?.status === "duplicate") return
  throw new TellonceError(
    typeof result?.code === "string" ? result.code : "service/garbled",
    typeof result?.message === "string" ? result.message : "The service did not say that it kept this. Try again.",
  )
}
