/** One way a customer is known: `{ kind: "email", value: "ada@example.com" }`. */
export interface Identity {
  readonly kind: string
  readonly value: string
}

/**
 * The identity as every channel writes it: NFC, trimmed, and mail addresses in lower case, so that "Ada@Example.com" in a chat and
 * "ada@example.com" in a mail are one customer.
 */
export const canonicalIdentity = ({ kind, value }: Identity): Identity => {
  const text = value.normalize("NFC").trim()
  return { kind, value: kind === "email" || kind === "unproven.email" ? text.toLowerCase() : text }
}

/** `email:ada@example.com`. Kinds hold no colon, so the first one always ends the kind. */
export const identityKey = (identity: Identity): string => {
  const { kind, value } = canonicalIdentity(identity)
  return `${kind}:${value}`
}

export const parseIdentityKey = (key: string): Identity => {
  const colon = key.indexOf(":")
  return { kind: key.slice(0, colon), value: key.slice(colon + 1) }
}
