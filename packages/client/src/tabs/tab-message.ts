import type { Millis } from "@tellonce/core"
import type { ClientStatus } from "../client-options.ts"
import type { Unsent } from "../kept/outbox.ts"
import type { FeedEvent } from "../transport/read-feed.ts"
import type { Settlement } from "../transport/settlement.ts"

/** What the tabs of one browser say to each other. */
export type TabMessage =
  /** A tab is new: what is known? */
  | { readonly kind: "hello" }
  /** The leader's answer: what the service had told at `now`. */
  | { readonly kind: "known"; readonly told: unknown; readonly now: Millis }
  /** The leader's live feed said this. */
  | { readonly kind: "fed"; readonly event: FeedEvent }
  | { readonly kind: "connection"; readonly connection: ClientStatus["connection"] }
  /** Told in a tab, and on the disk where there is one. */
  | { readonly kind: "kept"; readonly unsent: readonly Unsent[] }
  | { readonly kind: "settled"; readonly settlement: Settlement }
  /** Send now; `flushed` says that it was tried. */
  | { readonly kind: "flush" | "flushed" }
  /** Nothing may stay: erased, or signed out. */
  | { readonly kind: "forgotten"; readonly code: string }
