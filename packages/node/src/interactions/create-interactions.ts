import { type Identity, view } from "@tellonce/core"
import type { AnchorAnswer, AnchorRequest } from "../anchors/anchor.ts"
import type { AskAnchor } from "../anchors/create-anchors.ts"
import type { Principal } from "../principal.ts"
import { createDecide } from "./create-decide.ts"
import { findHitches, type Hitch } from "./find-hitches.ts"
import { createHandoffLinks, type LinkParts } from "./handoff-links.ts"
import { createHandoffs } from "./handoffs.ts"
import { createHolds } from "./holds.ts"
import { createMatters } from "./matters.ts"
import { readsOf } from "./seen-by.ts"
import { createTell } from "./tell.ts"

/** What channels do with a customer together. Each is recorded as a signal, so that the metrics come from the same log. */
export type Interactions = ReturnType<typeof createInteractions>

export const createInteractions = (parts: LinkParts & { readonly askAnchor: AskAnchor }) => ({
  tell: createTell(parts),
  decide: createDecide(parts),
  ...createMatters(parts),
  ...createHolds(parts),
  ...createHandoffs(parts),
  ...createHandoffLinks(parts),
  /** Which of these fields were briefed in a handoff that was taken. */
  async hitches(
    identity: Identity,
    question: { readonly fields: readonly string[]; readonly matter?: string | undefined },
    alone: boolean,
  ): Promise<readonly Hitch[]> {
    const { context } = await parts.customer(identity, alone)
    return findHitches(view(context, { now: parts.clock() }), question)
  },
  /** With the facts the caller may read. */
  async anchor(identity: Identity, name: string, request: AnchorRequest, principal: Principal): Promise<AnchorAnswer> {
    const answer = await parts.askAnchor(identity, name, request)
    if (answer.state === "unavailable") return answer
    const allowed = readsOf(parts, await parts.customer(identity), [{ principal, action: "anchor" }])
    const facts = Object.fromEntries(Object.entries(answer.facts).filter(([field]) => allowed.has(field)))
    await parts.audit.note({
      principal,
      action: "anchor",
      subject: identity,
      fields: Object.keys(facts),
      outcome: "allowed",
    })
    return { ...answer, facts }
  },
})
