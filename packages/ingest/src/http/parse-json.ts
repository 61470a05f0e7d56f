import type { Json } from "@tellonce/core"
import { Problem } from "./problem.ts"
import { limits } from "./read-body.ts"

const decoder = new TextDecoder("utf-8", { fatal: true })

/** The bytes as text. Throws 400 `body/not_utf8`. */
export const decodeText = (bytes: Uint8Array): string => {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new Problem(400, "body/not_utf8", "The body is not UTF-8. Correct it and send it again.")
  }
}

/** The text as JSON. Throws 400 `body/not_json`. */
export const parseJson = (text: string): Json => {
  try {
    return JSON.parse(text) as Json
  } catch {
    throw new Problem(400, "body/not_json", "The body is not JSON. Correct it and send it again.")
  }
}

/** Does it nest deeper than an event may? It looks no deeper than that: a nest of a million brackets does not meet the stack. */
export const isTooDeep = (value: unknown, left: number = limits.depth): boolean => {
  if (typeof value !== "object" || value === null) return false
  if (left === 0) return true
  for (const name in value) if (isTooDeep((value as Readonly<Record<string, unknown>>)[name], left - 1)) return true
  return false
}
