import type { Authority } from "@tellonce/core"
import { parseTokenClaims } from "./token-claims.ts"
import type { Visitor } from "./visitor.ts"

/** Whose context this is now, and with what it may be written and read. */
export interface Credentials {
  /** Marks what is recorded now; it is sent with a credential of the same owner or it waits. */
  owner(): string
  /** True when the key itself reads and writes: then someone must say whose context is meant. */
  isKeyHolder(): boolean
  voice(): Voice
  /** Is there a credential for what this owner has recorded? */
  reaches(owner: string): boolean
  /** The token, if it is known without waiting. */
  known(owner: string): string | undefined
  /** Has somebody signed in? */
  isCustomer(): boolean
  /** A token from the customer's own backend; undefined for the credential of the start. */
  use(token: string | undefined): void
}

/** In whose name a statement is made that does not say so. */
export interface Voice {
  readonly authority: Authority
  readonly speaker?: string
}

export interface CredentialsOptions {
  readonly key: string
  readonly token?: string | undefined
  /** For a publishable key only: any other key is a credential of its own. */
  readonly visitor: Visitor | undefined
}

/** Owns what is recorded before anyone signs in. */
export const visitorOwner = "visitor"
const keyHolder = "key"

export const createCredentials = ({ key, token, visitor }: CredentialsOptions): Credentials => {
  const start = visitor ? visitorOwner : keyHolder
  let customer: { readonly owner: string; readonly token: string } | undefined
  const use = (given: string | undefined) => {
    customer = given === undefined ? undefined : { owner: `customer ${parseTokenClaims(given).holder}`, token: given }
  }
  const known = (owner: string) => {
    if (owner === customer?.owner) return customer.token
    if (owner !== start) return undefined
    return visitor ? visitor.known() : key
  }
  use(token)
  return {
    owner: () => customer?.owner ?? start,
    isKeyHolder: () => customer === undefined && visitor === undefined,
    voice: () => (customer || visitor ? { authority: "customer" } : voiceOf(key)),
    reaches: (owner) => owner === start || owner === customer?.owner,
    known,
    isCustomer: () => customer !== undefined,
    use,
  }
}

const voiceOf = (key: string): Voice => {
  if (key.startsWith("sk_")) return { authority: "record" }
  const { kind, holder } = parseTokenClaims(key)
  return kind === "agent" ? { authority: "agent", speaker: holder } : { authority: "customer" }
}
