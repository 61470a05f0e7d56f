import { createHash } from "node:crypto"

/** The id under which the CRMs of the demo know this customer. */
export const idInCrm = (address: string): string =>
  String(Number.parseInt(createHash("sha256").update(address).digest("hex").slice(0, 8), 16))
