import { createPublicKey, createSecretKey, type JsonWebKey, type KeyObject } from "node:crypto"
import { type Identity, type Millis, TellonceError } from "@tellonce/core"
import { jwtVerify } from "jose"
import * as z from "zod"
import type { Principal } from "../principal.ts"
import { peekToken } from "./peek-token.ts"

/** A key with which the company's own backend signs who its customer is; the service only checks. */
export type IdentityKey = {
  /** The `kid` of its tokens. */
  readonly id: string
} & (
  | { readonly algorithm: "HS256"; readonly secret: string }
  /** PEM or JWK. */
  | { readonly algorithm: "EdDSA" | "ES256"; readonly publicKey: string | JsonWebKey }
)

/** Checks what the company's backend has signed: undefined for all but a valid token. */
export type VerifyIdentity = (
  token: string,
) => Promise<Extract<Principal, { kind: "visitor" | "customer" }> | undefined>

/** `typ` of an identity token. */
export const identityTokenType = "tellonce-identity+jwt"

const hour: Millis = 3_600_000
const Claims = z.object({
  sub: z.string().min(1).max(320),
  kind: z.string().regex(/^[a-z][a-z0-9._-]{0,31}$/),
  jti: z.string().min(1).max(128),
  iat: z.number(),
  exp: z.number(),
  epoch: z.int().nonnegative().default(0),
})

/** Throws `config/identity_keys` for a key that cannot be used. */
export const createIdentityTokens = (options: {
  readonly keys: readonly IdentityKey[]
  readonly audience: string
  readonly clock: () => Millis
}): VerifyIdentity => {
  const { audience, clock } = options
  const keys = new Map<string, { readonly key: KeyObject; readonly algorithm: string }>()
  for (const given of options.keys) {
    if (keys.has(given.id)) throw unfit(`"${given.id}" is given twice.`)
    keys.set(given.id, { key: toKey(given), algorithm: given.algorithm })
  }
  return async (token) => {
    const kid = peekToken(token)?.header.kid
    const found = typeof kid === "string" ? keys.get(kid) : undefined
    if (found === undefined) return undefined
    try {
      const { payload } = await jwtVerify(token, found.key, {
        algorithms: [found.algorithm],
        audience,
        typ: identityTokenType,
        requiredClaims: ["exp", "iat", "jti", "sub", "kind"],
        maxTokenAge: hour / 1_000,
        currentDate: new Date(clock()),
      })
      const { sub, kind, jti, iat, exp, epoch } = Claims.parse(payload)
      // A token made to last is refused, not cut: whoever signs it thinks it lasts.
      if (exp - iat > hour / 1_000) return undefined
      const identity: Identity = { kind, value: sub }
      const credential = { id: jti, key: kid as string, issuedAt: iat * 1_000 }
      return { kind: "customer", identity, epoch, expiresAt: exp * 1_000, credential }
    } catch {
      return undefined
    }
  }
}

/** As a KeyObject: bytes would let a public key's text pass for a secret. */
const toKey = (given: IdentityKey): KeyObject => {
  if (!given.id) throw unfit("Each needs an id, the `kid` of its tokens.")
  if (given.algorithm === "HS256") {
    if (Buffer.byteLength(given.secret) < 32) throw unfit(`The secret of "${given.id}" needs 32 bytes or more.`)
    return createSecretKey(Buffer.from(given.secret))
  }
  const key = readPublicKey(given.id, given.publicKey)
  const fits =
    given.algorithm === "EdDSA"
      ? key.asymmetricKeyType === "ed25519"
      : key.asymmetricKeyDetails?.namedCurve === "prime256v1"
  if (!fits) throw unfit(`The public key of "${given.id}" is not one for ${given.algorithm}.`)
  return key
}

const readPublicKey = (id: string, key: string | JsonWebKey): KeyObject => {
  try {
    return typeof key === "string" ? createPublicKey(key) : createPublicKey({ key, format: "jwk" })
  } catch (cause) {
    throw unfit(`The public key of "${id}" cannot be read. Give it as PEM or JWK.`, cause)
  }
}

const unfit = (message: string, cause?: unknown) =>
  new TellonceError("config/identity_keys", `identityKeys: ${message}`, { cause })
