import { hash } from "node:crypto"
import type { AuditNote } from "@tellonce/core"

/** What stands before the first note of a chain. */
export const firstHash = "0".repeat(64)

/**
 * The hash of a note in its chain: SHA-256 of the hash before it and of the canonical `{ at, chain, entry }`. It covers every note before
 * it, so that an edit anywhere changes all that follow. `entry` comes as its canonical text, which is what is stored, too.
 */
export const hashNote = (
  previous: string,
  { chain, at, entry }: Pick<AuditNote, "chain" | "at"> & { readonly entry: string },
): string => hash("sha256", `${previous}{"at":${at},"chain":${JSON.stringify(chain)},"entry":${entry}}`, "hex")
