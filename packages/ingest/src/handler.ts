import type { Millis } from "@tellonce/core"
import type { Keep } from "./create-keep.ts"
import type { FindSender } from "./write-keys.ts"

/** A request on its way, with what is read of it once. */
export interface Call {
  readonly request: Request
  readonly url: URL
}

/** How a request on a path of its own is answered; undefined for any other. What answers may throw a `Problem`, for a fault of the whole request. */
export type Handler = (call: Call) => (() => Promise<Response>) | undefined

/** What every handler works with. */
export interface Desk {
  readonly keep: Keep
  readonly findSender: FindSender
  readonly clock: () => Millis
  readonly onError: (error: unknown) => void
  /** Where the outside reaches this service: its own word, or else the request's. */
  readonly originOf: (call: Call) => string
}
