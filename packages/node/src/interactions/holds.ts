import type { Identity, Millis } from "@tellonce/core"
import { HttpProblem } from "../http/http-problem.ts"
import type { Principal } from "../principal.ts"
import { findHolder } from "./find-holder.ts"
import type { InteractionParts, Place } from "./interaction-parts.ts"
import { newId, recordEvent } from "./record-event.ts"

/** An action that is not to be taken while the hold stands; `*` is every action. */
export interface HoldRequest extends Place {
  readonly action: string
  readonly reason: string
  /** Who may be asked to release it. */
  readonly owner: string
  readonly until?: Millis | undefined
}

export const createHolds = (parts: InteractionParts) => ({
  async hold(
    identity: Identity,
    { action, reason, owner, until, id = newId(), ...place }: HoldRequest,
    principal: Principal,
  ): Promise<{ readonly hold: string }> {
    const event = { name: "held", hold: id, action, reason, owner, until } as const
    await recordEvent(parts, principal, { identity, id, ...place }, event)
    return { hold: id }
  },
  /** Throws 404 `hold/unknown` when no such hold of this customer stands. */
  async release(identity: Identity, hold: string, place: Place, principal: Principal): Promise<void> {
    const holder = await findHolder(parts, identity, ({ $ }) => $.holds.find((standing) => standing.hold === hold))
    if (holder === undefined) {
      throw new HttpProblem(
        404,
        "hold/unknown",
        "No hold of that name stands for this customer. It may have ended or been released.",
      )
    }
    const { matter } = holder.found
    await recordEvent(parts, principal, { matter, ...place, identity: holder.identity }, { name: "released", hold })
  },
})
