import { createHmac } from "node:crypto"
import type { Identity, Millis } from "@tellonce/core"
import { jwtVerify, SignJWT } from "jose"
import { v7 as uuid } from "uuid"
import type { Principal } from "./principal.ts"

/** What a token is issued for. */
export type TokenGrant =
  | { readonly kind: "visitor" | "customer"; readonly identity: Identity }
  | { readonly kind: "agent"; readonly agent: string }

export interface IssuedToken {
  readonly token: string
  readonly expiresAt: Millis
}

/** Whoever a token speaks for. */
export type TokenHolder = Exclude<Principal, { kind: "secret" | "publishable" }>

/** Signs and checks the tokens that may go into a page: a visitor's, a signed-in customer's, an agent's. */
export interface Tokens {
  issue(grant: TokenGrant): Promise<IssuedToken>
  /** The holder, or undefined for anything that is not a valid token of ours. */
  verify(token: string): Promise<TokenHolder | undefined>
}

const day = 86_400_000
const lifetimes: Readonly<Record<TokenGrant["kind"], Millis>> = {
  visitor: 30 * day,
  customer: day / 24,
  agent: day / 3,
}

/** `audience` is the definition's name, so that a token of one context opens no other. */
export const createTokens = (options: {
  readonly secret: string
  readonly audience: string
  readonly clock: () => Millis
}): Tokens => {
  const { secret, audience, clock } = options
  // A key of its own: what signs tokens is not what callers send.
  const key = createHmac("sha256", secret).update("tellonce token key").digest()
  const checks = { algorithms: ["HS256"], audience, typ: "tellonce+jwt", requiredClaims: ["exp", "iat", "jti", "sub"] }
  return {
    async issue(grant) {
      const now = clock()
      const expiresAt = now + lifetimes[grant.kind]
      const subject = grant.kind === "agent" ? { agent: grant.agent } : { identity: grant.identity }
      const token = await new SignJWT({ kind: grant.kind, ...subject })
        .setProtectedHeader({ alg: "HS256", typ: "tellonce+jwt" })
        .setSubject(grant.kind === "agent" ? grant.agent : grant.identity.value)
        .setAudience(audience)
        .setJti(uuid())
        .setIssuedAt(Math.floor(now / 1_000))
        .setExpirationTime(Math.floor(expiresAt / 1_000))
        .sign(key)
      return { token, expiresAt }
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, key, { ...checks, currentDate: new Date(clock()) })
        const grant = payload as unknown as TokenGrant & { readonly exp: number }
        const expiresAt = grant.exp * 1_000
        return grant.kind === "agent"
          ? { kind: "agent", agent: grant.agent, expiresAt }
          : { kind: grant.kind, identity: grant.identity, expiresAt }
      } catch {
        return undefined
      }
    },
  }
}
