import { type Refusal, refuse } from "@tellonce/core"
import { safeText, unsafe } from "./safe-text.ts"

const canonical = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9.-]+$/
const address = /^("[^"]+"|[^\s@"]+)@[^\s@"]+$/
const ascii = /^[ -~]*$/
const latin = /\p{Script=Latin}/u
/** Scripts with letters that look like Latin ones. */
const lookalike =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}]/u

/**
 * A mail address in NFC and lower case. Dots and tags stay: what `a.b+c@` and `ab@` have in common is their provider's to know.
 * Refuses `identity/email` what is no address, and `identity/unsafe` what imitates one.
 */
export const canonicalEmail = (value: string): { readonly ok: true; readonly text: string } | Refusal => {
  if (canonical.test(value)) return { ok: true, text: value }
  const safe = safeText(value)
  if (!safe.ok) return safe
  if (!address.test(safe.text))
    return refuse("identity/email", 'This is no mail address. Send one such as "ada@example.com".')
  const text = safe.text.toLowerCase().normalize("NFC")
  return ascii.test(text) || isHonest(text) ? { ok: true, text } : unsafe()
}

/** No ligature or full-width form that others fold into plain letters, and no word of two scripts that look alike. */
const isHonest = (text: string): boolean =>
  text.normalize("NFKC") === text &&
  text.split(/[^\p{L}\p{M}]+/u).every((word) => !(latin.test(word) && lookalike.test(word)))
