import type { Fields, Identity, Millis, Refusal } from "@tellonce/core"
import type { ForeignEvent } from "../foreign-event.ts"
import type { JsonObject } from "../json-object.ts"
import type { Table } from "../table/table.ts"

/** How the webhooks of one sender are understood. */
export interface WebhookSource<F extends Fields, Body = JsonObject> {
  /** The signing secret; several while one takes over from another. */
  readonly secret: string | readonly string[]
  /** By the sender's own name of the event. */
  readonly table?: Table<F, Body>
  /** Whose event it is, where the company knows it better than the format: `(event) => ({ kind: "user", value: … })`. */
  readonly identity?: (body: Body) => Identity | undefined
}

/** A webhook as it came. */
export interface Delivery {
  readonly headers: Headers
  /** As signed, byte by byte. */
  readonly body: Buffer
  /** Where the sender believes to have sent it. */
  readonly url: string
  readonly now: Millis
}

/** What a sender signs and what it says. */
export interface WebhookFormat {
  /** Can this be signed with? Any text can, unless told. */
  readonly isSecret?: (secret: string) => boolean
  /** Did this sender sign it with one of these secrets, just now where it says when? Undefined when so. */
  readonly verify: (delivery: Delivery, secrets: readonly string[]) => Refusal | undefined
  /** Its events; none for what is no event of a customer. Called for what is verified alone. */
  readonly read: (delivery: Delivery) => readonly ForeignEvent[]
  /** The answer it expects, where JSON will not do. */
  readonly answer?: { readonly body: string; readonly type: string }
}
