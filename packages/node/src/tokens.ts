import { type Identity, identityKey, type Millis } from "@tellonce/core"
import type { Access } from "./access/create-access.ts"
import type { Seal } from "./access/create-seal.ts"
import type { VerifyIdentity } from "./access/identity-tokens.ts"
import { longest, purposeOf, type Signer } from "./access/signer.ts"
import { HttpProblem } from "./http/http-problem.ts"
import type { Principal } from "./principal.ts"

/** What a token is issued for. `epoch` is the customer's, where they have been erased before. */
export type TokenGrant =
  | { readonly kind: "visitor" | "customer"; readonly identity: Identity; readonly epoch?: number }
  | { readonly kind: "agent"; readonly agent: string }

export interface IssuedToken {
  readonly token: string
  /** Names the token for its revocation. */
  readonly id: string
  readonly expiresAt: Millis
}

/** Whoever a token speaks for. */
export type TokenHolder = Exclude<Principal, { kind: "secret" | "publishable" }>

/** Signs and checks the tokens that may go into a page: a visitor's, a signed-in customer's, an agent's. */
export interface Tokens {
  /** Throws 403 `access/unknown_agent` for an agent that is not registered. */
  issue(grant: TokenGrant): Promise<IssuedToken>
  /** For one connection of a live feed: works once, within a minute. It is as good as the credential it is made from, and ends with it. */
  issueTicket(holder: TokenHolder): Promise<IssuedToken>
  /** The holder, or undefined for anything that is not a valid token. Throws 403 `access/unknown_agent`. */
  verify(token: string): Promise<TokenHolder | undefined>
  /** The ticket's holder, and its own id, which may be used once. */
  verifyTicket(
    ticket: string,
  ): Promise<{ readonly id: string; readonly holder: TokenHolder; readonly until: Millis } | undefined>
}

export const createTokens = (options: {
  readonly signer: Signer
  readonly access: Pick<Access, "agent">
  readonly verifyIdentity: VerifyIdentity
  readonly tickets: Seal<TicketGrant>
}): Tokens => {
  const { signer, access, verifyIdentity, tickets } = options
  const agentOf = (id: string) => access.agent(id) ?? unknownAgent()
  const toHolder = ({ kind, agent, identity, epoch = 0 }: Claims, held: Held): TokenHolder =>
    kind === "agent" ? { kind, agent, scope: agentOf(agent), ...held } : { kind, identity, epoch, ...held }
  return {
    issue(grant) {
      if (grant.kind === "agent") agentOf(grant.agent)
      const subject = grant.kind === "agent" ? grant.agent : identityKey(grant.identity)
      return signer.sign({ purpose: grant.kind, subject, claims: { ...grant }, lifetime: longest[grant.kind] })
    },
    issueTicket({ expiresAt, credential, ...holder }) {
      const held = { expiresAt, ...(credential && { credential }) }
      const { kind } = holder
      return tickets.seal(
        holder.kind === "agent"
          ? { kind, agent: holder.agent, held }
          : { kind, identity: holder.identity, epoch: holder.epoch, held },
      )
    },
    async verify(token) {
      const purpose = purposeOf(token)
      if (purpose === undefined) return verifyIdentity(token)
      if (purpose !== "visitor" && purpose !== "customer" && purpose !== "agent") return undefined
      const verified = await signer.verify(purpose, token)
      if (verified === undefined) return undefined
      const { claims, expiresAt, id, key, issuedAt } = verified
      return toHolder(claims as unknown as Claims, { expiresAt, credential: { id, key, issuedAt } })
    },
    async verifyTicket(ticket) {
      const opened = await tickets.open(ticket)
      if (opened === undefined) return undefined
      const { jti: id, expiresAt: until, held, ...claims } = opened
      return { id, until, holder: toHolder(claims as Claims, held) }
    },
  }
}

/** What a holder has a token by, and until when. */
type Held = Pick<TokenHolder, "expiresAt" | "credential">

/** Whose ticket it is: it is as good as what it was made from. */
export type TicketGrant = Partial<Claims> & Pick<Claims, "kind"> & { readonly held: Held }

interface Claims {
  readonly kind: TokenHolder["kind"]
  readonly agent: string
  readonly identity: Identity
  readonly epoch?: number
}

const unknownAgent = (): never => {
  throw new HttpProblem(
    403,
    "access/unknown_agent",
    "No agent of this id is registered. Register it in access.agents when the service is created.",
  )
}
