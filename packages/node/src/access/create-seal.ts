import { type Millis, TellonceError } from "@tellonce/core"
import { EncryptJWT, jwtDecrypt } from "jose"
import { v4 as random } from "uuid"
import type { KeyRing } from "./key-ring.ts"
import { longest, type Signed } from "./signer.ts"

/** What a sealed token holds, its times checked. */
export type Opened<Grant> = Grant & {
  /** Names the token, whatever its text: what may happen once is counted by it. */
  readonly jti: string
  /** The id of the key it is sealed with. */
  readonly key: string
  readonly issuedAt: Millis
  readonly expiresAt: Millis
}

/** For what goes into addresses, which are logged everywhere: the token is encrypted, so that it says nothing of anybody. */
export interface Seal<Grant> {
  seal(grant: Grant): Promise<Signed>
  /** Undefined for anything that is not, letter for letter, a token of ours that has not ended. */
  open(token: string): Promise<Opened<Grant> | undefined>
}

/** Times are milliseconds, where JWT times count seconds: what was sealed just before a revocation must be told from what was sealed after. */
type Claims<Grant> = { readonly grant: Grant; readonly jti: string; readonly exp: number; readonly at: Millis }

const longestToken = 4_096

export const createSeal = <Grant extends object>(options: {
  readonly purpose: "handoff" | "ticket"
  readonly keys: KeyRing
  readonly audience: string
  readonly clock: () => Millis
}): Seal<Grant> => {
  const { purpose, keys, audience, clock } = options
  const checks = {
    audience,
    typ: `tellonce-${purpose}+jwt`,
    requiredClaims: ["exp", "iat", "jti"],
    keyManagementAlgorithms: ["dir"],
    contentEncryptionAlgorithms: ["A256GCM"],
  }
  const keyOf = (id: string) => {
    const key = keys.find(purpose, id)
    if (key) return key
    throw new TellonceError("access/key", "This was sealed with a key that is no longer in use.")
  }
  return {
    async seal(grant) {
      const { id: kid, key } = keys.newest(purpose)
      const now = clock()
      const expiresAt = Math.floor((now + longest[purpose]) / 1_000) * 1_000
      const id = random()
      const token = await new EncryptJWT({ grant, at: now })
        .setProtectedHeader({ alg: "dir", enc: "A256GCM", typ: checks.typ, kid })
        .setAudience(audience)
        // In the clear as well: whoever serves several tenants has to know whose key opens it.
        .replicateAudienceAsHeader()
        .setJti(id)
        .setIssuedAt(Math.floor(now / 1_000))
        .setExpirationTime(expiresAt / 1_000)
        .encrypt(key)
      return { token, id, expiresAt }
    },
    async open(token) {
      if (token.length > longestToken || !isAsWritten(token)) return undefined
      try {
        const { payload, protectedHeader } = await jwtDecrypt(token, ({ kid = "" }) => keyOf(kid), {
          ...checks,
          currentDate: new Date(clock()),
        })
        const { grant, jti, exp, at } = payload as unknown as Claims<Grant>
        // Before there was a grant, what is in it stood beside it.
        if (typeof grant !== "object" || grant === null) return undefined
        return { ...grant, jti, key: protectedHeader.kid ?? "", issuedAt: at, expiresAt: exp * 1_000 }
      } catch {
        return undefined
      }
    },
  }
}

/** Base64url has several texts for the same bytes; only the one we write is ours. */
const isAsWritten = (token: string): boolean =>
  token.split(".").every((part) => Buffer.from(part, "base64url").toString("base64url") === part)
