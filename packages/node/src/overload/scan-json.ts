import { HttpProblem } from "../http/http-problem.ts"
import { limits } from "./limits.ts"

/** A body of this size takes JSON.parse a few milliseconds whatever is in it. */
const harmless = 65_536

/**
 * Counts what is in a large JSON text before anything builds it: nests, members, long texts, texts of digits. It does not check that the
 * text is JSON. Throws 413 with `shape/too_deep`, `shape/too_wide`, `shape/text_too_long` or `shape/number_texts`.
 */
export const scanJson = (bytes: Uint8Array): void => {
  if (bytes.byteLength <= harmless) return
  const { length } = bytes
  let depth = 0
  /** Members so far of each list or object that is open. */
  const open = new Uint32Array(limits.bodyDepth + 1)
  let members = 0
  let numberTexts = 0
  for (let at = 0; at < length; at++) {
    switch (bytes[at]) {
      case quote: {
        const end = endOfText(bytes, at + 1)
        // Bytes, and a character is at most four (an escape six): checkShape counts the characters of what passes here.
        if (end - at > 6 * limits.textLength)
          throw refused("shape/text_too_long", "a text is longer than 65536 characters")
        if (isDigits(bytes, at + 1, end) && ++numberTexts > limits.numberTexts)
          throw refused("shape/number_texts", "more than 5000 texts are numbers. Send numbers as numbers")
        at = end
        break
      }
      case openList:
      case openObject:
        // An opening holds a member, as a comma announces one.
        members++
        if (++depth > limits.bodyDepth) throw refused("shape/too_deep", `it nests more than ${limits.depth} deep`)
        open[depth] = 0
        break
      case comma:
        members++
        open[depth] = (open[depth] ?? 0) + 1
        if ((open[depth] ?? 0) >= limits.members)
          throw refused("shape/too_wide", `a list or object in it holds more than ${limits.members} members`)
        break
      case closeList:
      case closeObject:
        if (depth > 0) depth--
        break
    }
    if (members > limits.bodyMembers)
      throw refused("shape/too_wide", `it holds more than ${limits.bodyMembers} members`)
  }
}

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const openList = 0x5b
const closeList = 0x5d
const openObject = 0x7b
const closeObject = 0x7d

const endOfText = (bytes: Uint8Array, start: number): number => {
  const { length } = bytes
  let end = start
  while (end < length && bytes[end] !== quote) end += bytes[end] === backslash ? 2 : 1
  return end
}

/** One to ten digits: what V8 takes for the index of an array. */
const isDigits = (bytes: Uint8Array, start: number, end: number): boolean => {
  if (end === start || end - start > 10) return false
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (byte < 0x30 || byte > 0x39) return false
  }
  return true
}

const refused = (code: string, why: string): HttpProblem =>
  new HttpProblem(413, code, `The body is refused before it is read: ${why}. Nothing of it was kept.`)
