import { createHash } from "node:crypto"

/** Names a delivery that has no name of its own: the same one again has the same bytes. */
export const bodyHash = (body: Uint8Array): string => createHash("sha256").update(body).digest("hex")
