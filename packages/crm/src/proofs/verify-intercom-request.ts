import { refuse } from "@tellonce/core"
import { dig } from "../claims/dig.ts"
import { toText } from "../claims/to-text.ts"
import { fromHex, parseJsonBytes, toBytes } from "./bytes.ts"
import { isHmacOf } from "./hmac.ts"
import type { HostProof } from "./host-proof.ts"

export interface IntercomProof {
  /** The raw body, before anything has parsed it. */
  readonly body: string
  /** The header `X-Body-Signature`. */
  readonly signature: string | null | undefined
  readonly clientSecret: string
}

/** Checks a Canvas Kit request. Intercom signs no time: an old request that was overheard stays good, so answer over TLS alone. */
export const verifyIntercomRequest = async ({ body, signature, clientSecret }: IntercomProof): Promise<HostProof> => {
  if (!(await isHmacOf(fromHex(signature ?? ""), { secret: clientSecret, text: body }))) {
    return refuse(
      "proof/signature",
      "The request is not signed by Intercom for this app. Give the body as it came, not parsed.",
    )
  }
  const admin = dig(parseJsonBytes(toBytes(body)), "admin")
  const id = toText(dig(admin, "id"))
  return {
    ok: true,
    agent: id === undefined ? undefined : { id, email: toText(dig(admin, "email")), name: toText(dig(admin, "name")) },
  }
}
