import { type AnyView, type HandoffStep, type Identity, view } from "@tellonce/core"
import { HttpProblem } from "../http/http-problem.ts"
import type { Principal } from "../principal.ts"
import { findHolder } from "./find-holder.ts"
import type { InteractionParts, Place } from "./interaction-parts.ts"
import { type Briefing, makeBrief } from "./make-brief.ts"
import { newId, recordEvent } from "./record-event.ts"
import type { Reader } from "./seen-by.ts"

/** Somebody else is to go on. */
export interface HandoffRequest extends Place {
  /** The agent or desk that is to take over. */
  readonly to: string
  readonly reason: string
  /** The most tokens the prompt may have. */
  readonly budget?: number | undefined
}

export type Handoff = { readonly handoff: string } & Briefing

/** A signal names no more fields than this. */
const mostFields = 64

export const createHandoffs = (parts: InteractionParts) => {
  const settle =
    (name: "taken" | "declined") =>
    async (identity: Identity, handoff: string, place: Place, principal: Principal): Promise<void> => {
      const { holder, handed, reply } = await findHandoff(parts, identity, handoff)
      if (principal.kind === "agent" && principal.agent !== handed.to) throw otherAudience()
      if (reply?.name === name) return
      await recordEvent(parts, principal, { matter: handed.matter, ...place, identity: holder }, { name, handoff })
    }
  return {
    async handOff(
      identity: Identity,
      { to, reason, budget, id = newId(), ...place }: HandoffRequest,
      principal: Principal,
    ): Promise<Handoff> {
      const customer = await parts.customer(identity)
      const receiver = receiverOf(parts, to)
      const readers = [{ principal, action: "hand_off" } as const, ...(receiver ? [receiver] : [])]
      const made = makeBrief(parts, { customer, readers, matter: place.matter, budget })
      const before = handedOf(view(customer.context, { now: parts.clock() }), id)
      // Sent again it is what it was, though more may be known by now.
      const fields = before ? (before.fields ?? []) : made.brief.doNotAsk.slice(0, mostFields)
      await recordEvent(
        parts,
        principal,
        { identity, id, ...place },
        { name: "handed", handoff: id, to, reason, ...(fields.length > 0 && { fields }) },
      )
      await noteBriefed(parts, principal, identity, made)
      return { handoff: id, ...made }
    },
    acceptHandoff: settle("taken"),
    declineHandoff: settle("declined"),
  }
}

/** Puts on record who was shown what. */
export const noteBriefed = (
  { audit }: InteractionParts,
  principal: Principal,
  subject: Identity,
  { brief: { known } }: Briefing,
): Promise<void> =>
  audit.note({ principal, action: "brief", subject, fields: known.map(({ field }) => field), outcome: "allowed" })

/** The agent that is handed to, as a reader; undefined for a desk that is not registered: it gets what the caller may read. */
export const receiverOf = ({ access, clock }: InteractionParts, to: string): Reader | undefined => {
  const scope = access.agent(to)
  return scope && { principal: { kind: "agent", agent: to, scope, expiresAt: clock() }, action: "read" }
}

/** Throws 404 `handoff/unknown`. */
export const findHandoff = async (parts: InteractionParts, identity: Identity, handoff: string) => {
  const found = await findHolder(parts, identity, ({ $ }) => {
    const handed = handedOf({ $ }, handoff)
    return handed && { handed, reply: newestReply($.handoffs.filter((step) => step.handoff === handoff)) }
  })
  if (found === undefined) {
    throw new HttpProblem(
      404,
      "handoff/unknown",
      "This customer has no handoff of that name. Check the identity and the name.",
    )
  }
  return { holder: found.identity, ...found.found }
}

const handedOf = ({ $ }: Pick<AnyView, "$">, handoff: string) =>
  $.handoffs.filter((step) => step.name === "handed").find((step) => step.handoff === handoff)

/** The list is newest first. */
export const newestReply = (steps: readonly HandoffStep[]): HandoffStep | undefined =>
  steps.find(({ name }) => name !== "handed")

export const otherAudience = () =>
  new HttpProblem(403, "handoff/other_audience", "This was handed to somebody else. Only they can take or decline it.")
