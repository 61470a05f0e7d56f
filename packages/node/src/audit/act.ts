import type { Identity, Json, Millis } from "@tellonce/core"
import type { Principal } from "../principal.ts"

/** What somebody did or wanted to do, as the code that did it knows it. Who it was about is hashed before it is kept. */
export interface Act {
  /** `nobody` is a caller whose key or token is none. */
  readonly principal: Principal | { readonly kind: "nobody"; readonly request?: string }
  /** A word of the code's own, such as `read`, `write`, `merge`, `unmerge`, `export` or `erase`. */
  readonly action: string
  /** Whom it concerns; without one it is an act on the service. */
  readonly subject?: Identity | undefined
  /** The keys of the other identities whose contexts were part of it. */
  readonly others?: readonly string[] | undefined
  /** Names of fields; those the definition does not have are counted, not named. */
  readonly fields?: readonly string[] | undefined
  readonly purpose?: string | undefined
  /** How old what was shown was then. */
  readonly age?: { readonly newest: Millis; readonly oldest: Millis } | undefined
  readonly outcome: "allowed" | "denied"
  /** Codes, counts and times. A text that is no code is left out: words may be a customer's. */
  readonly detail?: Readonly<Record<string, Json | undefined>> | undefined
}
