import { type Identity, isTellonceError, type Millis, TellonceError } from "@tellonce/core"
import type { PanelDesk } from "../panel/panel-desk.ts"
import { createOnce } from "./create-once.ts"
import type { ServiceApi } from "./service-api.ts"

export interface ServiceDeskOptions {
  readonly identity: Identity
  readonly agent: string
  readonly channel?: string | undefined
  readonly matter?: string | undefined
  /** By the service's clock. */
  readonly now: () => Millis
}

const minute: Millis = 60_000

/** What the agent does, done on the service: each resolves when it is on its disk, and done again after an answer was lost happens once. */
export const createServiceDesk = (api: ServiceApi, options: ServiceDeskOptions): Required<PanelDesk> => {
  const { identity, agent, channel = "crm", matter, now } = options
  const here = { identity, channel, source: "tellonce-panel" }
  const inMatter = { ...here, ...(matter !== undefined && { matter }) }
  const name = encodeURIComponent
  const once = createOnce(now)
  const holds = createOnce(now)
  return {
    acceptHandoff: (handoff) => api.call("POST", `handoffs/${name(handoff)}/accept`, here),
    declineHandoff: (handoff) => api.call("POST", `handoffs/${name(handoff)}/decline`, here),
    correct: (field, value, about) =>
      once.run(["correct", field, about], value, async (id) => {
        const signal = {
          ...here,
          ...(about !== undefined && { matter: about }),
          id,
          at: Math.floor(now()),
          authority: "agent",
          speaker: agent,
          facts: { [field]: value },
        }
        const { results } = await api.call("POST", "signals", { signals: [signal] })
        demandKept(results)
      }),
    hold({ action, reason, until }) {
      // The end is counted anew at each try: what is wished for is the span.
      const span = until === undefined ? undefined : Math.round((until - now()) / minute)
      const end = until !== undefined && { until: Math.floor(until) }
      return holds.run([action], [reason, span], (id) =>
        api.call("POST", "holds", { ...inMatter, id, action, reason, owner: agent, ...end }).catch(admitKept),
      )
    },
    async release(hold) {
      const answer = await api.call("DELETE", `holds/${name(hold)}`, here)
      // It may be one whose answer was lost: the same hold again is another one.
      holds.forget()
      return answer
    },
    told: (facts) =>
      once.run(["told", Object.keys(facts).sort()], facts, (id) =>
        api.call("POST", "told", { ...inMatter, id, facts }),
      ),
  }
}

/** An id is used again by a second try alone: where the service refuses that, it has kept the first, with the end of then. */
const admitKept = (error: unknown): void => {
  if (!isTellonceError(error) || error.code !== "signal/id_reused") throw error
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
