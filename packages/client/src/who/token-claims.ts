import { identityKey } from "@tellonce/core"

/** What a token says of its holder. Read, not checked: only the service can check, and only it decides by this. */
export interface TokenClaims {
  readonly kind: unknown
  /** The same for every token of one holder. */
  readonly holder: string
}

export const parseTokenClaims = (token: string): TokenClaims => {
  try {
    const text = atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/"))
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    const { kind, identity, sub } = JSON.parse(new TextDecoder().decode(bytes))
    return { kind, holder: identity ? identityKey(identity) : sub.toString() }
  } catch {
    // A token of another make is known by its signature, which shows nothing and opens nothing.
    return { kind: undefined, holder: token.slice(-16) }
  }
}
