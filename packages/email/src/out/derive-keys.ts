import { hkdfSync } from "node:crypto"
import { TellonceError } from "@tellonce/core"

/** The newest first: it signs, and all of them check, so that what is on its way outlives a change of keys. At least 32 bytes each. */
export type MailKeys = readonly [string | Uint8Array, ...(string | Uint8Array)[]]

/** A key for each purpose, so that what is signed for one can never pass for another. */
export const deriveKeys = (keys: MailKeys, purpose: string): readonly [Uint8Array, ...Uint8Array[]] => {
  const derive = (key: string | Uint8Array) => {
    if (Buffer.byteLength(key) >= 32) return new Uint8Array(hkdfSync("sha256", key, "", `tellonce mail ${purpose}`, 32))
    throw new TellonceError(
      "mail/key",
      "A key for mail is shorter than 32 bytes and could be guessed. Make a longer one.",
    )
  }
  const [newest, ...older] = keys
  return [derive(newest), ...older.map(derive)]
}
