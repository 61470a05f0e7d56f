import type { Millis } from "@tellonce/core"

/** A time as senders write it: ISO 8601, or a number in the unit told. Undefined for what is neither. */
export const parseTime = (value: unknown, unit: "s" | "ms" = "ms"): Millis | undefined => {
  const text = typeof value === "string" ? value.trim() : value
  const isNumber = typeof text === "number" || (typeof text === "string" && /^\d{9,14}$/.test(text))
  const time = isNumber ? Number(text) * (unit === "s" ? 1_000 : 1) : typeof text === "string" ? parseIso(text) : NaN
  return Number.isFinite(time) && time >= 0 ? Math.floor(time) : undefined
}

/** Without a zone it is UTC, and not this machine's. "2020-03-03 13:05:57 UTC" is how Ruby prints a time. */
const parseIso = (text: string): Millis =>
  /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text.replace(/^([\d-]+)[T ]([\d:.]+)(?: UTC)?$/, "$1T$2Z")) : Number.NaN
