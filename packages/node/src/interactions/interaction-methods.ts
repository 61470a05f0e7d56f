import type { Decision, Identity, Json } from "@tellonce/core"
import type { AnchorAnswer, AnchorRequest } from "../anchors/anchor.ts"
import type { Principal } from "../principal.ts"
import type { DecisionRequest } from "./create-decide.ts"
import type { Interactions } from "./create-interactions.ts"
import type { Handoff, HandoffRequest } from "./handoffs.ts"
import type { HoldRequest } from "./holds.ts"
import type { Place } from "./interaction-parts.ts"
import type { MatterClosing, MatterOpening } from "./matters.ts"
import type { Told } from "./tell.ts"

/** The interactions for use in the process, with the authority of the secret key. Each resolves when it is on the disk. */
export interface InteractionMethods<Name extends string = string> {
  /** Records what a channel told the customer; answers what others told them differently, and what is to be put right. */
  told(
    identity: Identity,
    telling: Place & { readonly channel: string; readonly facts: { readonly [Field in Name]?: Json } },
  ): Promise<Told>
  openMatter(identity: Identity, opening?: MatterOpening): Promise<{ readonly matter: string }>
  closeMatter(identity: Identity, matter: string, closing?: MatterClosing): Promise<void>
  /** Holds an action for this customer, `*` for all. */
  hold(identity: Identity, request: HoldRequest): Promise<{ readonly hold: string }>
  /** Throws 404 `hold/unknown` when no such hold stands. */
  release(identity: Identity, hold: string, place?: Place): Promise<void>
  decide(identity: Identity, request: DecisionRequest): Promise<Decision>
  handOff(identity: Identity, request: HandoffRequest): Promise<Handoff>
  acceptHandoff(identity: Identity, handoff: string, place?: Place): Promise<void>
  declineHandoff(identity: Identity, handoff: string, place?: Place): Promise<void>
  /** A token with which the agent it was handed to opens the brief, once, within ten minutes. */
  linkHandoff(identity: Identity, handoff: string): ReturnType<Interactions["linkHandoff"]>
  /** What its system of record says now. Throws 503 `anchor/not_fresh` rather than give an old value to whoever needs a fresh one. */
  anchor(identity: Identity, name: string, request?: AnchorRequest): Promise<AnchorAnswer>
}

export const toMethods = (interactions: Interactions, principal: Principal): InteractionMethods => ({
  told: (identity, { facts, ...place }) => interactions.tell(identity, { ...place, facts: toFacts(facts) }, principal),
  openMatter: (identity, opening = {}) => interactions.openMatter(identity, opening, principal),
  closeMatter: (identity, matter, closing = {}) => interactions.closeMatter(identity, matter, closing, principal),
  hold: (identity, request) => interactions.hold(identity, request, principal),
  release: (identity, hold, place = {}) => interactions.release(identity, hold, place, principal),
  decide: (identity, request) => interactions.decide(identity, request, principal),
  handOff: (identity, request) => interactions.handOff(identity, request, principal),
  acceptHandoff: (identity, handoff, place = {}) => interactions.acceptHandoff(identity, handoff, place, principal),
  declineHandoff: (identity, handoff, place = {}) => interactions.declineHandoff(identity, handoff, place, principal),
  linkHandoff: interactions.linkHandoff,
  anchor: (identity, name, request = {}) => interactions.anchor(identity, name, request, principal),
})

const toFacts = (facts: { readonly [field: string]: Json | undefined }): Readonly<Record<string, Json>> =>
  Object.fromEntries(Object.entries(facts).flatMap(([field, value]) => (value === undefined ? [] : [[field, value]])))
