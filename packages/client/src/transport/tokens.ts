import type { Credentials } from "../who/credentials.ts"
import type { Granted, Visitor } from "../who/visitor.ts"

/** With what a request may be made. */
export interface Tokens {
  /** For what this owner has recorded; a visitor without one is opened. */
  token(owner: string): Promise<Granted>
  /** After a refusal: is there another credential to try? */
  renew(owner: string, refused: string): boolean
}

export interface TokensOptions {
  readonly credentials: Credentials
  /** For a publishable key only: any other key is a credential of its own. */
  readonly visitor: Visitor | undefined
}

export const createTokens = ({ credentials, visitor }: TokensOptions): Tokens => {
  const { known, reaches } = credentials
  return {
    async token(owner) {
      const token = known(owner)
      if (token !== undefined) return { ok: true, token }
      // A signed-in customer has a token, so whoever is reached without one is the visitor.
      return visitor && reaches(owner) ? visitor.token() : gone
    },
    renew: (owner, refused) => known(owner) !== refused || (visitor?.known() === refused && visitor.renew(refused)),
  }
}

/** Only between two turns of a loop: the customer has just signed out. */
const gone: Granted = { ok: false, code: "client/signed_out", message: "That customer has signed out." }
