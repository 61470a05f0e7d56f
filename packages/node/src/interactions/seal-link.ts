import { type Identity, type Millis, TellonceError } from "@tellonce/core"
import { EncryptJWT, jwtDecrypt } from "jose"
import { v4 as random } from "uuid"
import type { KeyRing } from "../access/key-ring.ts"

/** What a handoff link stands for. */
export interface LinkGrant {
  readonly handoff: string
  readonly identity: Identity
  /** Who may redeem it. */
  readonly agent: string
}

export type OpenedLink = LinkGrant & {
  /** Names the link, whatever its text: what may happen once is counted by it. */
  readonly jti: string
  /** The id of the key it is sealed with. */
  readonly key: string
  readonly issuedAt: Millis
  readonly expiresAt: Millis
}

export interface LinkSeal {
  seal(grant: LinkGrant): Promise<{ readonly token: string; readonly expiresAt: Millis }>
  /** Undefined for anything that is not, letter for letter, a token of ours that has not ended. */
  open(token: string): Promise<OpenedLink | undefined>
}

type Claims = LinkGrant & {
  readonly jti: string
  readonly exp: number
  /** Milliseconds, where JWT times count seconds: what was sealed just before a revocation must be told from what was sealed after. */
  readonly at: Millis
}

const lifetime: Millis = 10 * 60_000
const longestToken = 2_048

/** Links go into addresses, which are logged everywhere: the token is encrypted, so that it says nothing of anybody. */
export const createLinkSeal = (options: {
  readonly keys: KeyRing
  readonly audience: string
  readonly clock: () => Millis
}): LinkSeal => {
  const { keys, audience, clock } = options
  const checks = {
    audience,
    typ: "tellonce-handoff+jwt",
    requiredClaims: ["exp", "iat", "jti"],
    keyManagementAlgorithms: ["dir"],
    contentEncryptionAlgorithms: ["A256GCM"],
  }
  return {
    async seal(grant) {
      const { id: kid, key } = keys.newest("handoff")
      const expiresAt = clock() + lifetime
      const token = await new EncryptJWT({ ...grant, at: clock() })
        .setProtectedHeader({ alg: "dir", enc: "A256GCM", typ: checks.typ, kid })
        .setAudience(audience)
        // In the clear as well: whoever serves several tenants has to know whose key opens it.
        .replicateAudienceAsHeader()
        .setJti(random())
        .setIssuedAt(Math.floor(clock() / 1_000))
        .setExpirationTime(Math.floor(expiresAt / 1_000))
        .encrypt(key)
      return { token, expiresAt: Math.floor(expiresAt / 1_000) * 1_000 }
    },
    async open(token) {
      if (token.length > longestToken || !isAsWritten(token)) return undefined
      try {
        const { payload, protectedHeader } = await jwtDecrypt(token, ({ kid = "" }) => keyOf(keys, kid), {
          ...checks,
          currentDate: new Date(clock()),
        })
        const { handoff, identity, agent, jti, exp, at } = payload as unknown as Claims
        const key = protectedHeader.kid ?? ""
        return { handoff, identity, agent, jti, key, issuedAt: at, expiresAt: exp * 1_000 }
      } catch {
        return undefined
      }
    },
  }
}

/** Base64url has several texts for the same bytes; only the one we write is ours. */
const isAsWritten = (token: string): boolean =>
  token.split(".").every((part) => Buffer.from(part, "base64url").toString("base64url") === part)

const keyOf = (keys: KeyRing, id: string) => {
  const key = keys.find("handoff", id)
  if (key) return key
  throw new TellonceError("handoff/key", "This was sealed with a key that is no longer in use.")
}
