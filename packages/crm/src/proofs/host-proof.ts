import type { Refusal } from "@tellonce/core"

/** What a host's proof shows: that the request is the host's, and which agent made it where the host says so. Nothing about the customer. */
export type HostProof = { readonly ok: true; readonly agent: HostAgent | undefined } | Refusal

/** An agent by the host's own id, to be mapped to one that your service has registered. */
export interface HostAgent {
  readonly id: string
  readonly email?: string | undefined
  readonly name?: string | undefined
}
