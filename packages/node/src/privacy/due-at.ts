import type { Millis } from "@tellonce/core"

export type Law = "gdpr" | "ccpa"

const days45: Millis = 45 * 86_400_000

/** By when a request of this law is to be answered: a calendar month (GDPR 12(3)), or 45 days (CCPA). A month that is too short ends at its end. */
export const dueAt = (from: Millis, law: Law): Millis => {
  if (law === "ccpa") return from + days45
  const due = new Date(from)
  const day = due.getUTCDate()
  due.setUTCMonth(due.getUTCMonth() + 1)
  if (due.getUTCDate() !== day) due.setUTCDate(0)
  return due.getTime()
}
