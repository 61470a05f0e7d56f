import type { Action, BriefOptions, Fields, View } from "@tellonce/core"
import type { Anchors } from "../anchors/anchor.ts"
import type { Webhook } from "../webhooks/webhook.ts"

export interface InteractionOptions<F extends Fields> {
  /** What may be asked of `decide`, from core's `defineActions`; what is not declared is denied. */
  readonly actions?: Readonly<Record<string, Action<View<F>>>>
  /** How briefs are made. */
  readonly brief?: Omit<BriefOptions<View<F>>, "actions">
  /** Live business facts, by name. */
  readonly anchors?: Anchors<F>
  /** Who is told of what happens. */
  readonly webhooks?: readonly Webhook[]
}
