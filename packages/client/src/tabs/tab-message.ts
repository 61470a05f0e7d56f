import type { ClientStatus } from "../client-options.ts"
import type { Unsent } from "../kept/outbox.ts"
import type { Fed } from "../told/feeding.ts"
import type { Settlement } from "../transport/settlement.ts"

/** What the tabs of one browser say to each other. */
export type TabMessage =
  /** A tab is new: what is known? */
  | { readonly kind: "hello" }
  /** The leader's live feed said this, or would say it to one who is new. */
  | { readonly kind: "fed"; readonly event: Fed }
  | { readonly kind: "connection"; readonly connection: ClientStatus["connection"] }
  /** Told in a tab, and on the disk where there is one. */
  | { readonly kind: "kept"; readonly unsent: readonly Unsent[] }
  | { readonly kind: "settled"; readonly settlement: Settlement }
  /** Send now; `flushed` says that it was tried. */
  | { readonly kind: "flush" | "flushed" }
  /** Nothing may stay: erased, or signed out. */
  | { readonly kind: "forgotten"; readonly code: string }
