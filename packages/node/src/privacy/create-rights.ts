import { type Identity, type Millis, view } from "@tellonce/core"
import { service } from "../access/purpose.ts"
import { adult, processing } from "../access/standing.ts"
import { HttpProblem } from "../http/http-problem.ts"
import { newId, recordEvent } from "../interactions/record-event.ts"
import type { Principal } from "../principal.ts"
import type { Choices } from "./consent-field.ts"
import { dueAt, type Law } from "./due-at.ts"
import { type RecordChoices, recordChoices } from "./record-choices.ts"

export const requestKinds = ["access", "portability", "correction", "erasure", "restriction", "objection"] as const
export type RequestKind = (typeof requestKinds)[number]

/** What somebody asked for by right, and until when it is to be answered. */
export interface PrivacyRequest {
  /** A matter: it is closed as one, by `closeMatter`, and its webhooks tell of it. */
  readonly request: string
  readonly kind: RequestKind
  readonly law: Law
  readonly state: "open" | "closed"
  readonly openedAt: Millis
  readonly due: Millis
  readonly isOverdue: boolean
}

interface Said {
  /** Which system reports it. */
  readonly source: string
}

/** What the law lets a customer ask for beside consent, export and erasure. */
export interface Rights {
  /** Restricted, their data is kept and shown to no agent and for no purpose; lifted, all is as before (GDPR 18). */
  restrict(identity: Identity, restricted: boolean, said: Said, principal: Principal): Promise<Choices>
  /** Ends one purpose: what is kept for it alone is removed (GDPR 21). Throws 422 `rights/service` for the service itself. */
  object(identity: Identity, purpose: string, said: Said, principal: Principal): Promise<Choices>
  /** For a minor no purpose beyond the service is granted, and what was kept for others is removed. */
  setMinor(identity: Identity, minor: boolean, said: Said, principal: Principal): Promise<Choices>
  request(
    identity: Identity,
    asked: Said & { readonly kind: RequestKind; readonly law?: Law | undefined },
    principal: Principal,
  ): Promise<PrivacyRequest>
  /** Newest first. */
  requests(identity: Identity, alone?: boolean): Promise<readonly PrivacyRequest[]>
}

export const createRights = (parts: RecordChoices): Rights => {
  const { clock, customer } = parts
  const flag = (name: string, denied: boolean) => ({ [name]: denied ? "denied" : "granted" }) as Choices
  const choose = (identity: Identity, choices: Choices, { source }: Said, principal: Principal) =>
    recordChoices(parts, principal, { identity, choices, source })
  return {
    restrict: (identity, restricted, said, principal) =>
      choose(identity, flag(processing, restricted), said, principal),
    async object(identity, purpose, said, principal) {
      if (purpose === service) throw noObjection()
      return choose(identity, flag(purpose, true), said, principal)
    },
    setMinor: (identity, minor, said, principal) => choose(identity, flag(adult, minor), said, principal),
    async request(identity, { kind, law = "gdpr", source }, principal) {
      const request = newId()
      const openedAt = clock()
      await recordEvent(
        parts,
        principal,
        { identity, matter: request, source, channel: "privacy" },
        { name: "opened", kind: `${prefix}${law}.${kind}` },
      )
      return { request, kind, law, state: "open", openedAt, due: dueAt(openedAt, law), isOverdue: false }
    },
    async requests(identity, alone = false) {
      const { context } = await customer(identity, alone)
      const now = clock()
      return view(context, { now }).$.matters.flatMap(({ matter, kind, state, openedAt = 0 }) => {
        const [, law, asked] = /^privacy\.(gdpr|ccpa)\.(\w+)$/.exec(kind ?? "") ?? []
        if (law === undefined) return []
        const due = dueAt(openedAt, law as Law)
        const request = { request: matter, kind: asked as RequestKind, law: law as Law, state, openedAt, due }
        return [{ ...request, isOverdue: state === "open" && now > due }]
      })
    },
  }
}

const prefix = "privacy."

const noObjection = () =>
  new HttpProblem(
    422,
    "rights/service",
    "The service itself is no purpose one can object to alone. Restrict the processing, or erase the customer.",
  )
