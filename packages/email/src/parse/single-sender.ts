import { type Refusal, refuse } from "@tellonce/core"
import { decodeWords } from "postal-mime"
import type { Mailbox } from "../inbound-email.ts"
import type { MailHeaders } from "./read-headers.ts"

const address = /^[^\s<>()[\]\\,;:@"\p{C}\uFFFD]+@[^\s<>()[\]\\,;:@"\p{C}\uFFFD]+$/u
// Also the spellings that only careless readers take for From, such as one behind a no-break space.
const fromLine = /^(?![ \t])[^\p{L}]*from[^\p{L}:]*:/iu

/**
 * The one mailbox the mail is from. A mail that two readers could take for two senders is refused: a mail host proves the sender it
 * sees, and that must be the sender we see.
 */
export const singleSender = (headers: MailHeaders): { ok: true; from: Mailbox } | Refusal => {
  const values = headers.all("from")
  if (headers.lines.filter((line) => fromLine.test(line)).length > 1 || values.length > 1) return ambiguous()
  const [value] = values
  const plain = value === undefined ? undefined : withoutQuotes(value)
  if (value === undefined || plain === undefined) return value === undefined ? noSender() : ambiguous()
  const angles = [...plain.matchAll(/<([^<>]*)>/g)]
  const outside = plain.replace(/<[^<>]*>/g, " ")
  const loose = outside.split(/[\s,]+/).filter((word) => word.includes("@"))
  const candidates = angles.length > 0 ? angles.map(([, inner = ""]) => inner.trim()) : loose
  const [found] = candidates
  if (found === undefined) return noSender()
  const same = [...candidates, ...loose].every((other) => other.toLowerCase() === found.toLowerCase())
  if (!same || angles.length > 1 || /[<>:;]/.test(outside)) return ambiguous()
  // Without angle brackets a comment or a quoted name with an address in it is another sender to some readers; so is what follows a NUL.
  if ((angles.length === 0 && value.split("@").length > 2) || value.includes("\0")) return ambiguous()
  if (!address.test(found) || found.length > 254) return noSender()
  const name = displayName(value, found)
  return { ok: true, from: name === "" ? { address: found } : { address: found, name } }
}

const noSender = () => refuse("mail/no_sender", "The mail has no From header with an address. Say who sends it.")

const ambiguous = () =>
  refuse(
    "mail/ambiguous_sender",
    "The mail names more than one sender, or none that is certain. Send it from one address.",
  )

/** Blanks out quoted strings and comments, where an address is only decoration; undefined when one is left open. */
const withoutQuotes = (value: string): string | undefined => {
  let plain = ""
  let quoted = false
  let depth = 0
  for (let at = 0; at < value.length; at++) {
    const char = value[at] ?? ""
    if (char === "\\") at++
    else if (char === '"' && depth === 0) quoted = !quoted
    else if (char === "(" && !quoted) depth++
    else if (char === ")" && !quoted) {
      if (--depth < 0) return undefined
    } else if (!quoted && depth === 0) plain += char
    if (char === '"' || char === ")") plain += " "
  }
  return quoted || depth > 0 ? undefined : plain
}

const displayName = (value: string, found: string): string => {
  const angle = value.lastIndexOf("<")
  const phrase = angle === -1 ? value.replace(found, "") : value.slice(0, angle)
  const name = decodeWords(phrase.replace(/\\(.)/g, "$1")).replace(/[\p{C}\s]+/gu, " ")
  return name
    .trim()
    .replace(/^["(](.*)[")]$/, "$1")
    .trim()
}
