import { type Identity, identityKey } from "@tellonce/core"

/** What a token says of its holder. Read, not checked: only the service can check, and only it decides by this. */
export interface TokenClaims {
  readonly kind: string | undefined
  /** The same for every token of one holder. */
  readonly holder: string
}

export const parseTokenClaims = (token: string): TokenClaims => {
  const claims = payloadOf(token)
  const kind = typeof claims.kind === "string" ? claims.kind : undefined
  if (isIdentity(claims.identity)) return { kind, holder: identityKey(claims.identity) }
  // A token of another make is known by its signature, which shows nothing and opens nothing.
  return { kind, holder: typeof claims.sub === "string" ? claims.sub : token.slice(-16) }
}

const payloadOf = (token: string): Readonly<Record<string, unknown>> => {
  try {
    const text = atob((token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/"))
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return typeof claims === "object" && claims !== null ? (claims as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

const isIdentity = (value: unknown): value is Identity => {
  const { kind, value: text } = (value ?? {}) as Partial<Identity>
  return typeof kind === "string" && typeof text === "string"
}
