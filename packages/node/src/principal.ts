import type { Identity, Millis } from "@tellonce/core"

/** Who calls. A token's holder is known until `expiresAt`. */
export type Principal =
  | { readonly kind: "secret" }
  | { readonly kind: "publishable" }
  | { readonly kind: "visitor" | "customer"; readonly identity: Identity; readonly expiresAt: Millis }
  | { readonly kind: "agent"; readonly agent: string; readonly expiresAt: Millis }

export interface Keys {
  /** `pk_…`: may be seen by anyone; only opens a visitor of its own. */
  readonly publishable: string
  /** `sk_…`: for the company's own backend. May do everything. */
  readonly secret: string
}
