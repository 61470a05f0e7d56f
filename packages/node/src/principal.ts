import type { Identity, Millis } from "@tellonce/core"
import type { Agent } from "./access/access-policy.ts"

/** Who calls. A token's holder is known until `expiresAt`. */
export type Principal = (
  | { readonly kind: "secret" }
  | { readonly kind: "publishable" }
  | {
      readonly kind: "visitor" | "customer"
      readonly identity: Identity
      /** Counts the erasures the token has outlived: an older epoch than the customer's is refused. */
      readonly epoch: number
      readonly expiresAt: Millis
    }
  | {
      readonly kind: "agent"
      readonly agent: string
      /** Its entry in the registry of agents. */
      readonly scope: Agent
      readonly expiresAt: Millis
    }
) & {
  /** With what they came; absent for calls within the process. */
  readonly credential?: Credential
  /** The request they came with, as the log names it; absent for calls within the process. */
  readonly request?: string
}

/** What of a credential can be revoked. */
export interface Credential {
  /** The token's own id. */
  readonly id?: string
  /** Of the key that was sent, or that signed the token. */
  readonly key: string
  /** When the token was issued. */
  readonly issuedAt?: Millis
}

/** One key or several, newest first: the first issues, all are accepted. */
export interface Keys {
  /** `pk_…`: may be seen by anyone; only opens a visitor of its own. */
  readonly publishable: string | readonly string[]
  /** `sk_…`: for the company's own backend. May do everything. */
  readonly secret: string | readonly string[]
}

/** One or several, as a list. */
export const keyList = (keys: string | readonly string[]): readonly string[] =>
  typeof keys === "string" ? [keys] : keys
