import { TellonceError } from "./errors.ts"
import type { Millis } from "./stamp.ts"

/** Milliseconds, or a number with its unit: `"30s"`, `"5m"`, `"2h"`, `"30d"`. */
export type Duration = Millis | `${number}${"ms" | "s" | "m" | "h" | "d"}`

const units: Readonly<Record<string, Millis>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

export const parseDuration = (duration: Duration): Millis => {
  const written = typeof duration === "number" ? `${duration}ms` : duration
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(written) ?? []
  const length = units[unit]
  if (length === undefined) {
    throw new TellonceError("definition/duration", `"${duration}" is no duration such as "30m".`)
  }
  return Number(amount) * length
}

/** How long ago, for people: `"just now"`, `"2 min ago"`, `"3 days ago"`. */
export const describeAge = (age: Millis): string => {
  const minutes = Math.floor(age / 60_000)
  if (minutes < 1) return "just now"
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return hours === 1 ? "1 hour ago" : `${hours} hours ago`
  return `${Math.floor(hours / 24)} days ago`
}
