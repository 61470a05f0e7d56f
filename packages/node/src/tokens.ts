import { type Identity, identityKey, type Millis } from "@tellonce/core"
import type { Access } from "./access/create-access.ts"
import type { VerifyIdentity } from "./access/identity-tokens.ts"
import { longest, purposeOf, type Signer, type Verified } from "./access/signer.ts"
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
}): Tokens => {
  const { signer, access, verifyIdentity } = options
  const agentOf = (id: string) => access.agent(id) ?? unknownAgent()
  const toHolder = ({ claims, expiresAt, ...rest }: Verified): TokenHolder => {
    const { kind, agent, identity, epoch = 0 } = claims as unknown as Claims
    const credential = { id: rest.id, key: rest.key, issuedAt: rest.issuedAt }
    return kind === "agent"
      ? { kind, agent, scope: agentOf(agent), expiresAt, credential }
      : { kind, identity, epoch, expiresAt, credential }
  }
  return {
    issue(grant) {
      if (grant.kind === "agent") agentOf(grant.agent)
      const subject = grant.kind === "agent" ? grant.agent : identityKey(grant.identity)
      return signer.sign({ purpose: grant.kind, subject, claims: { ...grant }, lifetime: longest[grant.kind] })
    },
    issueTicket({ credential, expiresAt, ...holder }) {
      const grant = holder.kind === "agent" ? { kind: holder.kind, agent: holder.agent } : holder
      const subject = holder.kind === "agent" ? holder.agent : identityKey(holder.identity)
      const claims = { ...grant, from: { ...credential, expiresAt } }
      return signer.sign({ purpose: "ticket", subject, claims, lifetime: longest.ticket })
    },
    async verify(token) {
      const purpose = purposeOf(token)
      if (purpose === undefined) return verifyIdentity(token)
      if (purpose !== "visitor" && purpose !== "customer" && purpose !== "agent") return undefined
      const verified = await signer.verify(purpose, token)
      return verified && toHolder(verified)
    },
    async verifyTicket(ticket) {
      const verified = await signer.verify("ticket", ticket)
      if (verified === undefined) return undefined
      const { expiresAt, ...credential } = verified.claims.from as NonNullable<Principal["credential"]> & {
        readonly expiresAt: Millis
      }
      return { id: verified.id, until: verified.expiresAt, holder: { ...toHolder(verified), expiresAt, credential } }
    },
  }
}

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
