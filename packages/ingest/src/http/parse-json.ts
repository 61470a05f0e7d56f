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

/** The text as JSON. Throws 400 `body/not_json`, and 413 `body/too_many_members` before anything is made of it. */
export const parseJson = (text: string): Json => {
  if (text.length > limits.members && hasTooMany(text)) throw tooManyMembers()
  try {
    return JSON.parse(text) as Json
  } catch {
    throw new Problem(400, "body/not_json", "The body is not JSON. Correct it and send it again.")
  }
}

/** Commas and openings, each of which a member follows, outside of texts. */
const hasTooMany = (text: string): boolean => {
  let members = 0
  for (let at = 0; at < text.length && members <= limits.members; at++) {
    const sign = text[at]
    if (sign === '"') at = endOfText(text, at + 1)
    else if (sign === "," || sign === "[" || sign === "{") members++
  }
  return members > limits.members
}

const endOfText = (text: string, start: number): number => {
  let end = start
  while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1
  return end
}

/** Does it nest deeper than an event may? It looks no deeper than that: a nest of a million brackets does not meet the stack. */
export const isTooDeep = (value: unknown, left: number = limits.depth): boolean => {
  if (typeof value !== "object" || value === null) return false
  if (left === 0) return true
  for (const name in value) if (isTooDeep((value as Readonly<Record<string, unknown>>)[name], left - 1)) return true
  return false
}

/** The text as a form. Throws 413 `body/too_many_members`. */
export const parseForm = (text: string): URLSearchParams => {
  if (text.split("&", limits.fields + 1).length > limits.fields) throw tooManyMembers()
  return new URLSearchParams(text)
}

const tooManyMembers = () =>
  new Problem(413, "body/too_many_members", "The body has more members than a sender's does. Send less at a time.")
