import type { Identity, Millis, OnceLedger } from "@tellonce/core"
import type { Seal } from "../access/create-seal.ts"
import type { Revocations } from "../access/revocations.ts"
import { HttpProblem } from "../http/http-problem.ts"
import type { Principal } from "../principal.ts"
import type { IssuedToken } from "../tokens.ts"
import { findHandoff, noteBriefed, otherAudience, receiverOf } from "./handoffs.ts"
import type { InteractionParts } from "./interaction-parts.ts"
import { type Briefing, makeBrief } from "./make-brief.ts"

/** What a handoff link stands for. */
export interface LinkGrant {
  readonly handoff: string
  readonly identity: Identity
  /** Who may redeem it. */
  readonly agent: string
}

export interface LinkParts extends InteractionParts {
  readonly store: OnceLedger
  readonly seal: Seal<LinkGrant>
  readonly demandStanding: Revocations["demandStanding"]
  readonly issueAgentToken: (agent: string) => Promise<IssuedToken>
}

/** What a redeemed link gives: whom it is about, the brief, and a token of the agent's for the minutes until they have signed in. */
export type RedeemedLink = { readonly handoff: string; readonly identity: Identity } & Briefing & IssuedToken

/** A clock that was set back must not make a used link new. */
const margin: Millis = 86_400_000

export const createHandoffLinks = (parts: LinkParts) => {
  const { seal, store } = parts
  const opened = async (token: string) => {
    const link = await seal.open(token)
    if (link) return link
    throw noLink()
  }
  return {
    async linkHandoff(identity: Identity, handoff: string) {
      const { handed } = await findHandoff(parts, identity, handoff)
      if (receiverOf(parts, handed.to) === undefined) {
        throw new HttpProblem(
          409,
          "handoff/unregistered",
          "A link gives an agent's token, and whom this was handed to is no registered agent. Register them.",
        )
      }
      const { token, expiresAt } = await seal.seal({ handoff, identity, agent: handed.to })
      return { token, expiresAt }
    },
    /** Shows that it is a link, changes nothing and says nothing of anybody: mail scanners follow links, too. */
    showLink: async (token: string) => ({ expiresAt: (await opened(token)).expiresAt }),
    /** The first to redeem it wins; every other caller gets what an unknown link gets. */
    async redeemLink(token: string, claimed: string, principal: Principal): Promise<RedeemedLink> {
      const { agent, handoff, identity, jti, key, issuedAt, expiresAt } = await opened(token)
      if (claimed !== agent || (principal.kind === "agent" && principal.agent !== agent)) throw otherAudience()
      const { handed } = await findHandoff(parts, identity, handoff)
      const reader = receiverOf(parts, agent)
      if (reader === undefined || handed.to !== agent) throw otherAudience()
      await parts.demandStanding({ ...reader.principal, credential: { id: jti, key, issuedAt } })
      const customer = await parts.customer(identity)
      const made = makeBrief(parts, { customer, readers: [reader], matter: handed.matter, budget: undefined })
      if (!(await store.once(`handoff-link:${jti}`, expiresAt + margin))) throw noLink()
      const issued = await parts.issueAgentToken(agent)
      await noteBriefed(parts, reader.principal, identity, made)
      return { handoff, identity, ...made, ...issued }
    },
  }
}

export const noLink = () =>
  new HttpProblem(404, "handoff/link", "This link is unknown, has ended or was used. Ask for a new one.")
