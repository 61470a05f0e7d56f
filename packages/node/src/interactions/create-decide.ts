import { type AnyView, type Decision, decide, type Identity, view } from "@tellonce/core"
import { service } from "../access/purpose.ts"
import { HttpProblem } from "../http/http-problem.ts"
import type { Principal } from "../principal.ts"
import type { InteractionParts } from "./interaction-parts.ts"

export interface DecisionRequest {
  readonly action: string
  readonly matter?: string | undefined
  /** What for, if that needs the customer's consent. */
  readonly purpose?: string | undefined
}

/**
 * May it be done now? Policies see all that is known, whoever asks: what stands against an action does not end where the asker's sight does. A context
 * that cannot be read allows what is declared to fail open and denies the rest.
 */
export const createDecide =
  ({ access, actions, customer, clock, onError, audit }: InteractionParts) =>
  async (
    identity: Identity,
    { action, matter, purpose = service }: DecisionRequest,
    principal: Principal,
  ): Promise<Decision> => {
    const found = await customer(identity).catch((thrown: unknown) => {
      // An erased or refused customer is an answer, not an outage.
      if (thrown instanceof HttpProblem && thrown.status < 500) throw thrown
      onError(thrown)
      return undefined
    })
    if (found === undefined) return decide(actions, action, undefined)
    const now = clock()
    const decision = decide<AnyView, string>(actions, action, view(found.context, { now, matter }))
    const { granted } = access.purpose(purpose, found.context, now)
    const decided = granted
      ? decision
      : { ...decision, allowed: false, objections: [...decision.objections, noConsent], until: undefined }
    const detail = { allowed: decided.allowed }
    await audit.note({ principal, action: "decide", subject: identity, purpose, outcome: "allowed", detail })
    return decided
  }

const noConsent: Decision["objections"][number] = {
  by: "policy",
  reason: "The customer has not consented to this purpose.",
  change: "The customer consents to it.",
}
