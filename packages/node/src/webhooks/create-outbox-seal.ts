import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto"
import type { KeyRing } from "../access/key-ring.ts"

/** Keeps what waits in the outbox from whoever reads the store: the name of somebody who was erased may have to wait there. */
export interface OutboxSeal {
  seal(text: string): string
  /** Undefined for what was sealed with a key that is no longer in use. */
  open(sealed: string): string | undefined
  /** The same short name for the same text, which cannot be guessed from it. */
  nameOf(text: string): string
}

const algorithm = "aes-256-gcm"
const ivBytes = 12
const tagBytes = 16

export const createOutboxSeal = (keys: KeyRing): OutboxSeal => ({
  seal(text) {
    const { id, key } = keys.newest("outbox")
    const iv = randomBytes(ivBytes)
    const cipher = createCipheriv(algorithm, key, iv)
    const hidden = Buffer.concat([cipher.update(text, "utf8"), cipher.final()])
    return `${id}.${Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString("base64url")}`
  },
  open(sealed) {
    const dot = sealed.indexOf(".")
    const key = keys.find("outbox", sealed.slice(0, dot))
    if (key === undefined) return undefined
    const bytes = Buffer.from(sealed.slice(dot + 1), "base64url")
    const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes))
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
    return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, "utf8") + decipher.final("utf8")
  },
  nameOf: (text) => createHmac("sha256", keys.newest("outbox").key).update(text).digest("base64url").slice(0, 22),
})
