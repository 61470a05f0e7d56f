import { createHmac, hkdfSync } from "node:crypto"
import { type Identity, identityKey, TellonceError } from "@tellonce/core"
import { createBoundedMap } from "../bounded-map.ts"

/** Names a customer in the trail without saying who it is: only the holder of the secret can find one again, and nobody can turn it round. */
export interface SubjectNames {
  /** By the newest secret. */
  nameOf(key: string): string
  /** By each secret that was ever in use, newest first: for looking back. */
  namesOf(identity: Identity): readonly string[]
}

/** Names that are known without working them out again: who acts now acts again soon. */
const mostNames = 1_000

/** `secrets` newest first: entries made under an earlier secret stay findable while it is listed. */
export const createSubjectNames = (secrets: readonly string[]): SubjectNames => {
  const keys = secrets.map((secret) => deriveAuditKey(secret, "subjects"))
  const [newestKey] = keys
  if (newestKey === undefined) throw new TellonceError("config/keys", "Give at least one secret key.")
  const names = createBoundedMap<string>(mostNames)
  return {
    nameOf(key) {
      const known = names.get(key)
      if (known !== undefined) return known
      const name = nameUnder(newestKey, key)
      names.set(key, name)
      return name
    },
    namesOf: (identity) => keys.map((key) => nameUnder(key, identityKey(identity))),
  }
}

/** A key for one use alone: what it signs or names says nothing of the secret, nor of what the secret's other keys do. */
export const deriveAuditKey = (secret: string, use: "subjects" | "heads"): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, "", `tellonce audit ${use}`, 32))

/** 128 bits: two customers do not meet. */
const nameUnder = (key: Buffer, text: string): string =>
  createHmac("sha256", key).update(text).digest("hex").slice(0, 32)
