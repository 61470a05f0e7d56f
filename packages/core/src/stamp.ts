/** Epoch milliseconds, in the server's time. */
export type Millis = number

/** Who says it. A system of record knows, an agent or the customer states, a bot repeats, a model infers. */
export const authorities = ["record", "agent", "customer", "bot", "inferred"] as const
export type Authority = (typeof authorities)[number]

/** Who said something, where and when. Every fact carries one. */
export interface Stamp {
  /** Unique per writer; the same id again is the same statement. */
  readonly id: string
  /** When it happened, not when it arrived. */
  readonly at: Millis
  readonly authority: Authority
  /** Where it was said: `web-chat`, `email`, `phone`, … */
  readonly channel: string
  /** The system that reports it: `shop-page`, `orders-db`, … */
  readonly source: string
  /** Tells apart two speakers of one authority, such as two agents. */
  readonly speaker?: string | undefined
  /** The one thing the customer is dealing with, such as a return or a booking. */
  readonly matter?: string | undefined
}
