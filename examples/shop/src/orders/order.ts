/** An order as the order system keeps it. */
export interface Order {
  readonly number: string
  /** The customer's proven address. */
  readonly customer: string
  readonly item: string
  readonly status: "in transit" | "delayed" | "delivered"
  /** A date: `2026-11-27`. */
  readonly due: string
}
