import { createHash } from "node:crypto"
import { canonical, type Json } from "@tellonce/core"

const allowed = /^[^\s#]{1,110}$/

/** A sender's id as one a signal may carry, with room for an ending: what does not fit is told by its hash. */
export const toSignalId = (id: string): string => (allowed.test(id) ? id : `h-${hashOf(id)}`)

/** An id that follows from what is said, for senders that give none: said again, it is the same statement. */
export const idOfContent = (content: unknown): string => `c-${hashOf(canonical(content as Json))}`

/** Half a SHA-256, in hex: enough that no two meet by chance or by search. */
export const hashOf = (text: string | Uint8Array): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 32)
