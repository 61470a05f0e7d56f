import type { Fields } from "@tellonce/core"
import type { Table } from "../table/table.ts"
import type { SegmentMessage } from "./segment-message.ts"
import type { CategoryPurposes } from "./to-choices.ts"

/** How messages of Segment, RudderStack and Jitsu clients are understood. */
export interface SegmentSource<F extends Fields> {
  /** By the name of what was tracked, or by the type of any other call: `"Order Completed"`, `"identify"`, `"page"`. */
  readonly table?: Table<F, SegmentMessage>
  /** Under what name each tracked event is kept; `ecommerceEvents` unless told. */
  readonly events?: Readonly<Record<string, string>>
  /** Which purposes each consent category stands for; without it, the purpose of its own name. */
  readonly consent?: CategoryPurposes
  /** Purposes that are denied for whoever's browser sends Global Privacy Control: `["marketing", "sale"]`. */
  readonly gpc?: readonly string[]
}
