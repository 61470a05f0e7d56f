import type { Fields, ServiceStore } from "@tellonce/core"
import { audienceOf } from "../access/audience.ts"
import { createSeal } from "../access/create-seal.ts"
import { createKeyRing } from "../access/key-ring.ts"
import type { Revocations } from "../access/revocations.ts"
import type { Signer } from "../access/signer.ts"
import type { Anchor } from "../anchors/anchor.ts"
import { createAnchors } from "../anchors/create-anchors.ts"
import { createInteractions, type Interactions } from "./create-interactions.ts"
import type { LinkGrant } from "./handoff-links.ts"
import type { InteractionOptions } from "./interaction-options.ts"
import type { InteractionParts } from "./interaction-parts.ts"

export interface InteractionsOpening extends Omit<InteractionParts, "actions" | "brief"> {
  readonly store: ServiceStore
  readonly signer: Signer
  readonly revocations: Pick<Revocations, "demandStanding">
  /** Newest first. */
  readonly secrets: readonly string[]
  readonly tenant: string | undefined
}

/** The token of a redeemed link lasts until its holder has signed in where they work. */
const agentTokenLifetime = 15 * 60_000

/** The options are typed by the definition they came with; from here on they meet contexts of that definition alone. */
export const openInteractions = <F extends Fields>(
  options: InteractionOptions<F>,
  opening: InteractionsOpening,
): Interactions => {
  const { definition, clock, secrets, tenant, signer, revocations } = opening
  const { actions = {}, brief = {}, anchors = {} } = options
  const parts = { ...opening, actions, brief } as unknown as InteractionParts & InteractionsOpening
  const [keys, audience] = [createKeyRing(secrets), audienceOf(definition, tenant)]
  const seal = createSeal<LinkGrant>({ purpose: "handoff", keys, audience, clock })
  const askAnchor = createAnchors({ ...parts, anchors: anchors as unknown as Readonly<Record<string, Anchor>> })
  const issueAgentToken = (agent: string) =>
    signer.sign({ purpose: "agent", subject: agent, claims: { kind: "agent", agent }, lifetime: agentTokenLifetime })
  return createInteractions({
    ...parts,
    seal,
    askAnchor,
    issueAgentToken,
    demandStanding: revocations.demandStanding,
  })
}
