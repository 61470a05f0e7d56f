/** What programs write where there is no value, and systems where there is no person. A customer of this name would be thousands. */
const words: readonly string[] = [
  ...["null", "undefined", "nil", "none", "nan", "n/a", "na", "true", "false", "[object object]", "empty"],
  ...["anonymous", "anon", "guest", "unknown", "not_authenticated", "not-authenticated", "unauthenticated", "nobody"],
]
/** Mailboxes that answer for a machine. */
const mailboxes: readonly string[] = [
  "noreply",
  "no-reply",
  "donotreply",
  "do-not-reply",
  "mailer-daemon",
  "postmaster",
]

const zeros = /^[-+]?[0.\s_-]*$/
const minusOne = /^-1$/
const anySign = /[\p{L}\p{N}]/u

/** Does this value name nobody? `more` adds to the list; `isMail` looks at the part before the @, too. */
export const isNobody = (value: string, more: ReadonlySet<string>, isMail: boolean): boolean => {
  const text = value.toLowerCase()
  if (listed.has(text) || more.has(text) || zeros.test(text) || minusOne.test(text) || !anySign.test(text)) return true
  if (!isMail) return false
  const local = text.slice(0, text.lastIndexOf("@"))
  return listed.has(local) || machine.has(local)
}

const listed: ReadonlySet<string> = new Set(words)
const machine: ReadonlySet<string> = new Set(mailboxes)
