import { type Millis, refuse, TellonceError } from "@tellonce/core"
import { dig } from "../claims/dig.ts"
import { toText } from "../claims/to-text.ts"
import { fromBase64, parseJsonBytes, toBytes } from "./bytes.ts"
import type { HostProof } from "./host-proof.ts"
import { isRecent, proofWindow } from "./is-recent.ts"

export interface ZendeskProof {
  /** `token` of the form that Zendesk posts when it loads an app with `signedUrls`. */
  readonly token: string | null | undefined
  /** The app's public key, PEM: `GET /api/v2/apps/{id}/public_key.pem`. */
  readonly publicKey: string
  /** The installation: `https://shop.zendesk.com/api/v2/apps/installations/{id}.json`. */
  readonly audience: string
  readonly now: Millis
  /** The greatest age; 5 minutes unless told. */
  readonly within?: Millis | undefined
}

/** A token is no longer than this. */
const longest = 16_384

/** Checks the RS256 token of a signed load of a Zendesk app, and names the agent who loaded it. */
export const verifyZendeskToken = async ({
  token,
  publicKey,
  audience,
  now,
  within = proofWindow,
}: ZendeskProof): Promise<HostProof> => {
  const key = await importKey(publicKey)
  const [head, body, signature, ...rest] = token && token.length <= longest ? token.split(".") : []
  if (head === undefined || body === undefined || signature === undefined || rest.length > 0) return malformed()
  // The one algorithm: what the token itself names is compared, never followed.
  if (dig(parseJsonBytes(fromBase64(head)), "alg") !== "RS256") return malformed()
  const signed = fromBase64(signature)
  if (!signed || !(await crypto.subtle.verify(algorithm.name, key, signed, toBytes(`${head}.${body}`)))) {
    return refuse("proof/signature", "The token is not signed by this app's key. Is the public key that of this app?")
  }
  const claims = parseJsonBytes(fromBase64(body))
  if (dig(claims, "aud") !== audience)
    return refuse("proof/audience", "The token is for another installation of the app.")
  const [issued, ends, begins] = ["iat", "exp", "nbf"].map((name) => toMillis(dig(claims, name)))
  if (!isRecent(issued, now, within) || ends === undefined || ends <= now || (begins ?? now) > now + within) {
    return refuse("proof/stale", "The token is too old, or the clocks differ. Load the app again.")
  }
  const id = /\/users\/(\d{1,20})\.json$/.exec(toText(dig(claims, "sub")) ?? "")?.[1]
  return { ok: true, agent: id === undefined ? undefined : { id } }
}

const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }

const malformed = () =>
  refuse("proof/malformed", "This is no RS256 token. Send the `token` of the signed load as it came.")

const toMillis = (seconds: unknown): Millis | undefined => (typeof seconds === "number" ? seconds * 1_000 : undefined)

const importKey = async (pem: string): Promise<CryptoKey> => {
  try {
    const der = fromBase64(pem.replace(/-----[^-]+-----/g, "").replace(/\s/g, ""))
    return await crypto.subtle.importKey("spki", der ?? new Uint8Array(), algorithm, false, ["verify"])
  } catch (cause) {
    throw new TellonceError("proof/key", "The public key is no RSA key in PEM. Fetch it from Zendesk as it is.", {
      cause,
    })
  }
}
