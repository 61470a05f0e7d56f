export type Reuse = "always" | "confirm"

/**
 * May a value given for one matter serve another, by what the field means? `always`: it is true of the customer or of the whole
 * journey, whatever they are dealing with. All else is of one matter and is put to the customer before it serves another: a date or a
 * time, a place or a thing chosen, how many come along, a taste. A key that is not named here is confirmed.
 */
const always: ReadonlySet<string> = new Set([
  // Who the customer is.
  "customer_name",
  "full_name",
  "dob",
  // What they prove it with.
  "bank",
  "bank_account",
  "bank_pin",
  "sec1",
  "sec2",
  // A number that names one thing and no other.
  "ride_id",
  // Where they are and where the journey goes.
  "city",
  "origin_city",
  // Those who travel together.
  "people",
])

export const reuseOf = (key: string): Reuse => (always.has(key) ? "always" : "confirm")
