import { createHash, timingSafeEqual } from "node:crypto"
import { HttpProblem } from "./http.ts"
import type { Keys, Principal } from "./principal.ts"
import type { Tokens } from "./tokens.ts"

/** The caller of a request. Throws 401 `access/no_credential` or `access/unknown_credential`: no key, no data. */
export const authenticate = async (request: Request, keys: Keys, tokens: Tokens): Promise<Principal> => {
  const credential = /^Bearer ([^\s]{1,4096})$/.exec(request.headers.get("authorization") ?? "")?.[1]
  if (credential === undefined) {
    throw new HttpProblem(401, "access/no_credential", 'Send a key or a token as "Authorization: Bearer …".')
  }
  if (isSame(credential, keys.secret)) return { kind: "secret" }
  if (isSame(credential, keys.publishable)) return { kind: "publishable" }
  const principal = await tokens.verify(credential)
  if (principal) return principal
  throw new HttpProblem(401, "access/unknown_credential", "This key or token is unknown or has expired. Get a new one.")
}

/** Compares in a time that does not tell how much agreed. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b))

const digest = (text: string): Buffer => createHash("sha256").update(text).digest()
