import { createHash } from "node:crypto"
import { type Context, encodeContext } from "@tellonce/core"
import { withoutEndedLinks } from "./identity/with-links.ts"

/**
 * The SHA-256 of the encoded context, in hex: two services that know the same of a customer have the same. Links that have ended are left
 * out, so that parting two customers gives each the hash of one that was never joined.
 */
export const canonicalHash = (context: Context): string =>
  createHash("sha256")
    .update(encodeContext(withoutEndedLinks(context)))
    .digest("hex")
