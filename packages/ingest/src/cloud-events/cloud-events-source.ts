import type { Fields, Identity } from "@tellonce/core"
import type { Table } from "../table/table.ts"
import type { CloudEvent } from "./cloud-event.ts"

/** How CloudEvents of the company's own systems are understood. */
export interface CloudEventsSource<F extends Fields> {
  /** By the event's type: `"com.acme.order.shipped"`. */
  readonly table?: Table<F, CloudEvent>
  /** Whose event it is; without it the subject says so, as `user/u1` or `email/ada@example.com`. */
  readonly identity?: (event: CloudEvent) => Identity | undefined
}
