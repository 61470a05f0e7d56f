/** One way a customer is known: `{ kind: "email", value: "ada@example.com" }`. */
export interface Identity {
  readonly kind: string
  readonly value: string
}

/**
 * The identity as every channel writes it: NFC, trimmed, and mail addresses in lower case, so that "Ada@Example.com" in a chat and
 * "ada@example.com" in a mail are one customer.
 */
export const canonicalIdentity = (identity: Identity): Identity => {
  const { kind, value } = identity
  const isMail = kind === "email" || kind === "unproven.email"
  // Nearly all are plain already, and looking is much quicker than making anew.
  if (isMail ? plainMail.test(value) : plainText.test(value)) return identity
  const text = value.normalize("NFC").trim()
  return { kind, value: isMail ? lowerCase(text) : text }
}

const plainText = /^[!-~]+$/
const plainMail = /^[!-@[-~]+$/

/** A letter beyond ASCII whose small form is an ASCII one (the Kelvin sign) stays: it makes another address, not this one. */
const lowerCase = (text: string): string =>
  text.replace(/./gsu, (letter) => (letter > "\x7f" && letter.toLowerCase() < "\x80" ? letter : letter.toLowerCase()))

/** `email:ada@example.com`. Kinds hold no colon, so the first one always ends the kind. */
export const identityKey = (identity: Identity): string => {
  const { kind, value } = canonicalIdentity(identity)
  return `${kind}:${value}`
}

export const parseIdentityKey = (key: string): Identity => {
  const colon = key.indexOf(":")
  return { kind: key.slice(0, colon), value: key.slice(colon + 1) }
}
