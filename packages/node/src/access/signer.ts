import type { Millis } from "@tellonce/core"
import { type JWTPayload, jwtVerify, SignJWT } from "jose"
import { v7 as uuid } from "uuid"
import { createKeyRing, type SigningPurpose } from "./key-ring.ts"
import { peekToken } from "./peek-token.ts"

export interface Signing {
  readonly purpose: SigningPurpose
  readonly subject: string
  readonly claims?: Readonly<Record<string, unknown>>
  /** Milliseconds; no longer than the purpose allows. */
  readonly lifetime: Millis
}

export interface Signed {
  readonly token: string
  /** The token's `jti`. What may happen once is bound to it and never to the token's text, of which one signature has several. */
  readonly id: string
  readonly expiresAt: Millis
}

/** What a token of ours says, its signature and times checked. */
export interface Verified {
  readonly id: string
  readonly subject: string
  readonly claims: Readonly<Record<string, unknown>>
  readonly issuedAt: Millis
  readonly expiresAt: Millis
  /** The id of the key that signed it. */
  readonly key: string
}

/** Signs what is given away, and checks it when it comes back. */
export interface Signer {
  sign(signing: Signing): Promise<Signed>
  /** Undefined for anything that was not signed here for this purpose, or has ended. */
  verify(purpose: SigningPurpose, token: string): Promise<Verified | undefined>
}

const minute = 60_000
/** No token outlives this, whatever was asked for or it says itself. */
export const longest: Readonly<Record<SigningPurpose, Millis>> = {
  visitor: 30 * 24 * 60 * minute,
  customer: 60 * minute,
  agent: 8 * 60 * minute,
  ticket: minute,
  handoff: 10 * minute,
}

const issuer = "tellonce"
const required = ["exp", "iat", "jti", "sub", "at"]

/** `audience` names the service's context and tenant: a token of one opens no other. */
export const createSigner = (options: {
  /** Newest first: the first signs, all are accepted. */
  readonly secrets: readonly string[]
  readonly audience: string
  readonly clock: () => Millis
}): Signer => {
  const { secrets, audience, clock } = options
  const ring = createKeyRing(secrets)
  return {
    async sign({ purpose, subject, claims = {}, lifetime }) {
      const now = clock()
      const expiresAt = wholeSeconds(now + Math.min(lifetime, longest[purpose]))
      const { id: kid, key } = ring.newest(purpose)
      const id = uuid()
      // `iat` counts seconds; a revocation must tell what was issued just before it from what was issued just after.
      const token = await new SignJWT({ ...claims, at: now })
        .setProtectedHeader({ alg: "HS256", typ: typeOf(purpose), kid })
        .setIssuer(issuer)
        .setSubject(subject)
        .setAudience(audience)
        .setJti(id)
        .setIssuedAt(wholeSeconds(now) / 1_000)
        .setExpirationTime(expiresAt / 1_000)
        .sign(key)
      return { token, id, expiresAt }
    },
    async verify(purpose, token) {
      const { kid } = peekToken(token)?.header ?? {}
      const key = typeof kid === "string" ? ring.find(purpose, kid) : undefined
      if (key === undefined) return undefined
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ["HS256"],
          audience,
          issuer,
          typ: typeOf(purpose),
          requiredClaims: required,
          maxTokenAge: longest[purpose] / 1_000,
          currentDate: new Date(clock()),
        })
        return toVerified(payload, kid as string)
      } catch {
        return undefined
      }
    },
  }
}

/** JWT times count seconds. */
const wholeSeconds = (time: Millis): Millis => Math.floor(time / 1_000) * 1_000

/** The `typ` of the tokens of one purpose. */
const typeOf = (purpose: SigningPurpose): string => `tellonce-${purpose}+jwt`

/** What kind of token of ours this says it is; to be verified as such. */
export const purposeOf = (token: string): SigningPurpose | undefined => {
  const typ = peekToken(token)?.header.typ
  return (Object.keys(longest) as SigningPurpose[]).find((purpose) => typeOf(purpose) === typ)
}

const toVerified = (payload: JWTPayload, key: string): Verified => {
  const { jti = "", sub = "", exp = 0, iat: _iat, iss: _iss, aud: _aud, at, ...claims } = payload
  return { id: jti, subject: sub, claims, issuedAt: Number(at), expiresAt: exp * 1_000, key }
}
