import { hash } from "node:crypto"

/** The SHA-256 of a credential: what is compared or looked up instead of it, so that the time taken says nothing of the credential. */
export const digest = (text: string): Buffer => hash("sha256", text, "buffer")
