import { createHash } from "node:crypto"
import { type AuditNote, canonical } from "@tellonce/core"

/** What stands before the first note of a chain. */
export const firstHash = "0".repeat(64)

/** The hash of a note in its chain: it covers every note before it, so that an edit anywhere changes all that follow. */
export const hashNote = (previous: string, { chain, at, entry }: AuditNote): string =>
  createHash("sha256")
    .update(previous + canonical({ chain, at, entry }))
    .digest("hex")
