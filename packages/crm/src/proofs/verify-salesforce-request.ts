import { type Millis, type Refusal, refuse } from "@tellonce/core"
import { dig } from "../claims/dig.ts"
import { toText } from "../claims/to-text.ts"
import { fromBase64, parseJsonBytes } from "./bytes.ts"
import { isHmacOf } from "./hmac.ts"
import type { HostAgent } from "./host-proof.ts"
import { isRecent } from "./is-recent.ts"

export interface SalesforceProof {
  /** `signed_request` of the form that Salesforce posts. */
  readonly signedRequest: string | null | undefined
  /** The connected app's consumer secret. */
  readonly consumerSecret: string
  readonly now: Millis
}

export type SalesforceRequest =
  /** `client` is for `Sfdc.canvas` in the page. It holds an OAuth token of the agent: never log it. */
  { readonly ok: true; readonly agent: HostAgent | undefined; readonly client: unknown } | Refusal

/** Checks the signed request with which Salesforce loads a Canvas app. */
export const verifySalesforceRequest = async ({
  signedRequest,
  consumerSecret,
  now,
}: SalesforceProof): Promise<SalesforceRequest> => {
  const parts = signedRequest && signedRequest.length <= longest ? signedRequest.split(".") : []
  const [signature = "", payload = "", ...rest] = parts
  const isSigned = await isHmacOf(fromBase64(signature), { secret: consumerSecret, text: payload })
  if (!isSigned || rest.length > 0) {
    return refuse("proof/signature", "The request is not signed with this app's consumer secret.")
  }
  const request = parseJsonBytes(fromBase64(payload))
  if (dig(request, "algorithm") !== "HMACSHA256") {
    return refuse("proof/malformed", "The signed request names another algorithm than HMACSHA256.")
  }
  if (!isRecent(toMillis(dig(request, "issuedAt"), now), now)) {
    return refuse(
      "proof/stale",
      "The signed request is older than five minutes, or the clocks differ. Load the app again.",
    )
  }
  const user = dig(request, "context", "user")
  const id = toText(dig(user, "userId"))
  const agent =
    id === undefined ? undefined : { id, email: toText(dig(user, "email")), name: toText(dig(user, "fullName")) }
  return { ok: true, agent, client: dig(request, "client") }
}

/** Salesforce keeps of the milliseconds the low 32 bits, with a sign: of the times that end in them the one nearest to now is meant. */
const toMillis = (issuedAt: unknown, now: Millis): Millis | undefined =>
  Number.isSafeInteger(issuedAt) ? now - ((now - Number(issuedAt)) | 0) : undefined

/** Characters; a longer one is no signed request. */
const longest = 131_072
