import { createSecretKey, hkdfSync, type KeyObject } from "node:crypto"

/** What a signature is for. Each has a key of its own, so that a token for one use is none for another. */
export type SigningPurpose = "visitor" | "customer" | "agent" | "ticket" | "handoff"

type KeyPurpose = SigningPurpose | "outbox"

interface SigningKey {
  /** Names the secret, and tells nothing of it. */
  readonly id: string
  readonly key: KeyObject
}

/** The keys of all secrets in use, one for each purpose. */
export interface KeyRing {
  /** Of the newest secret. */
  newest(purpose: KeyPurpose): SigningKey
  find(purpose: KeyPurpose, id: string): KeyObject | undefined
}

/** `secrets` newest first. */
export const createKeyRing = (secrets: readonly string[]): KeyRing => {
  const keys = new Map<string, SigningKey>()
  const keyOf = (secret: string, purpose: KeyPurpose): SigningKey => {
    const known = keys.get(`${purpose} ${keyId(secret)}`)
    if (known) return known
    const made = { id: keyId(secret), key: createSecretKey(derive(secret, `sign ${purpose}`, 32)) }
    keys.set(`${purpose} ${made.id}`, made)
    return made
  }
  const byId = new Map(secrets.map((secret) => [keyId(secret), secret]))
  const [newest = ""] = secrets
  return {
    newest: (purpose) => keyOf(newest, purpose),
    find(purpose, id) {
      const secret = byId.get(id)
      return secret === undefined ? undefined : keyOf(secret, purpose).key
    },
  }
}

/** A key's public name: the `kid` of the tokens it signs, and what a revocation of it names. */
export const keyId = (key: string): string => derive(key, "key id", 9).toString("base64url")

const derive = (secret: string, use: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, "", `tellonce ${use}`, bytes))
