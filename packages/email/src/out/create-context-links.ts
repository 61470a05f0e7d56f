import { createHash, randomUUID } from "node:crypto"
import { type Identity, identityKey, type Millis, parseIdentityKey, type Refusal, refuse } from "@tellonce/core"
import { EncryptJWT, jwtDecrypt } from "jose"
import { deriveKeys, type MailKeys } from "./derive-keys.ts"

/** What a link in a mail opens, such as the chat about this customer's return. */
export interface ContextGrant {
  readonly identity: Identity
  readonly matter?: string | undefined
}

export interface ContextLinksOptions {
  readonly keys: MailKeys
  /** The page the link leads to; the token is put behind its `#`, where it reaches no server's log. */
  readonly page: string
  /** Whose links these are, such as the tenant: a link of one is nothing to another. */
  readonly audience: string
  /** True for the first caller of a name, until then. `once` of a service's store. */
  readonly once: (name: string, until: Millis) => Promise<boolean>
  readonly clock: () => Millis
}

export interface ContextLinks {
  /** For 3 days unless told: mails are read late. */
  make(grant: ContextGrant, lifetime?: Millis): Promise<{ readonly url: string; readonly expiresAt: Millis }>
  /** For GET: tells that it is a link, changes nothing and says nothing of anybody, for mail scanners follow links, too. */
  show(token: string): Promise<{ readonly ok: true; readonly expiresAt: Millis } | Refusal>
  /** For POST: the first to redeem a link gets what it opens; every other caller gets what an unknown link gets. */
  redeem(token: string): Promise<{ readonly ok: true; readonly grant: ContextGrant } | Refusal>
}

const day: Millis = 86_400_000
const longestToken = 2_048
const typ = "tellonce-context+jwt"

/** Links that carry a context from a mail into another channel. The token is encrypted: where it is logged, it says nothing of anybody. */
export const createContextLinks = ({ page, audience, once, clock, ...options }: ContextLinksOptions): ContextLinks => {
  const keys = deriveKeys(options.keys, "context link")
  const keyNamed = (name: string | undefined) => keys.find((key) => nameOf(key) === name) ?? keys[0]
  const open = async (token: string) => {
    if (token.length > longestToken || !isAsWritten(token)) return undefined
    const checks = {
      audience,
      typ,
      requiredClaims: ["exp", "jti", "sub"],
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
      currentDate: new Date(clock()),
    }
    try {
      const { payload } = await jwtDecrypt(token, ({ kid }: { readonly kid?: string }) => keyNamed(kid), checks)
      const { sub = "", jti = "", exp = 0, matter } = payload
      const grant = { identity: parseIdentityKey(sub), ...(typeof matter === "string" && { matter }) }
      return { grant, jti, expiresAt: exp * 1_000 }
    } catch {
      return undefined
    }
  }
  return {
    async make({ identity, matter }, lifetime = 3 * day) {
      const exp = Math.floor((clock() + lifetime) / 1_000)
      const token = await new EncryptJWT(matter === undefined ? {} : { matter })
        .setProtectedHeader({ alg: "dir", enc: "A256GCM", typ, kid: nameOf(keys[0]) })
        .setAudience(audience)
        .setSubject(identityKey(identity))
        .setJti(randomUUID())
        .setExpirationTime(exp)
        .encrypt(keys[0])
      const url = new URL(page)
      url.hash = token
      return { url: url.href, expiresAt: exp * 1_000 }
    },
    async show(token) {
      const link = await open(token)
      return link ? { ok: true, expiresAt: link.expiresAt } : noLink()
    },
    async redeem(token) {
      const link = await open(token)
      // A day more: a clock that was set back must not make a used link new.
      if (link === undefined || !(await once(`context-link:${link.jti}`, link.expiresAt + day))) return noLink()
      return { ok: true, grant: link.grant }
    },
  }
}

const noLink = () => refuse("mail/link", "This link is unknown, has ended or was used. Ask for a new one.")

const nameOf = (key: Uint8Array): string => createHash("sha256").update(key).digest("hex").slice(0, 8)

/** Base64url has several texts for the same bytes; only the one we write is ours. */
const isAsWritten = (token: string): boolean =>
  token.split(".").every((part) => Buffer.from(part, "base64url").toString("base64url") === part)
