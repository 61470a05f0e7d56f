import { type Millis, refuse } from "@tellonce/core"
import { fromBase64 } from "./bytes.ts"
import { isHmacOf } from "./hmac.ts"
import type { HostProof } from "./host-proof.ts"
import { isRecent } from "./is-recent.ts"

export interface HubspotProof {
  readonly method: string
  /** The whole public URL as HubSpot called it, query included: behind a proxy not the one your server sees. */
  readonly url: string
  /** The raw body; empty for a GET. */
  readonly body: string
  /** The header `X-HubSpot-Signature-v3`. */
  readonly signature: string | null | undefined
  /** The header `X-HubSpot-Request-Timestamp`. */
  readonly timestamp: string | null | undefined
  readonly clientSecret: string
  readonly now: Millis
}

/** Checks the v3 signature of a `hubspot.fetch` request. HubSpot puts the agent into the signed URL. */
export const verifyHubspotSignature = async (proof: HubspotProof): Promise<HostProof> => {
  const { method, url, body, signature, timestamp, clientSecret, now } = proof
  const text = `${method.toUpperCase()}${decodeListed(url)}${body}${timestamp ?? ""}`
  if (!(await isHmacOf(fromBase64(signature ?? ""), { secret: clientSecret, text }))) {
    return refuse(
      "proof/signature",
      "The request is not signed by HubSpot for this app. Compare the URL with the one HubSpot called.",
    )
  }
  if (!/^\d{1,15}$/.test(timestamp ?? "") || !isRecent(Number(timestamp), now)) {
    return refuse("proof/stale", "The request is older than five minutes, or the clocks differ.")
  }
  const query = queryOf(url)
  const [id, email] = [query.getAll("userId"), query.getAll("userEmail")]
  // Named twice, once by the page perhaps: nobody is meant for certain.
  if (id.length !== 1 || !id[0]) return { ok: true, agent: undefined }
  return { ok: true, agent: { id: id[0], ...(email.length === 1 && { email: email[0] }) } }
}

const queryOf = (url: string): URLSearchParams =>
  new URLSearchParams(url.split("#", 1)[0]?.split("?").slice(1).join("?"))

/** HubSpot signs the address with these characters decoded, and no others. */
const decodeListed = (url: string): string =>
  url.replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (encoded) => decodeURIComponent(encoded))
