import { type Refusal, refuse } from "@tellonce/core"

const plain = /^[!-~]+$/
/** Control, format and bidi characters, lone surrogates, fillers, and every space but the plain one: what a reader cannot see or takes for another. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/u
const foreign = /[^ -~]/gu
const ascii = /^[ -~]$/

/** The text in NFC without the space around it. Refuses `identity/unsafe` what is unseen, or would become another's ASCII on the way. */
export const safeText = (value: string): { readonly ok: true; readonly text: string } | Refusal => {
  if (plain.test(value)) return { ok: true, text: value }
  const trimmed = value.trim()
  if (unseen.test(trimmed) || (trimmed.match(foreign) ?? []).some(becomesAscii)) return unsafe()
  return { ok: true, text: trimmed.normalize("NFC") }
}

/** The Kelvin sign is a `k` in lower case and in NFC, a dotless i an `I` in upper case, a long s an `S`. */
const becomesAscii = (character: string): boolean =>
  [character.normalize("NFC"), character.toLowerCase(), character.toUpperCase()].some((other) => ascii.test(other))

export const unsafe = (): Refusal =>
  refuse(
    "identity/unsafe",
    "An identity holds a character that cannot be seen or passes for another. Send it as it was registered, in plain letters.",
  )
