/** What the service reads of a request. A Fetch `Request` is one; so is what `toIncoming` makes of a request of node:http, at a tenth of the cost. */
export interface Incoming {
  readonly method: string
  /** Absolute. */
  readonly url: string
  readonly headers: Pick<Headers, "get" | "has">
  /** Null where nothing was sent. To be read once, in pieces here or whole by `arrayBuffer`. */
  readonly body: AsyncIterable<Uint8Array> | null
  arrayBuffer(): Promise<ArrayBuffer>
  /** Where the host tells: has its sender gone? */
  readonly signal?: Pick<AbortSignal, "aborted">
  /** Has a server let it in that asked `isBusy` as it came? Then it has waited its turn, and is not refused for want of room any more. */
  readonly isAdmitted?: boolean
}
