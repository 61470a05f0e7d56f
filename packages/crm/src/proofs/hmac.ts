import { TellonceError } from "@tellonce/core"
import { toBytes } from "./bytes.ts"

/** Is this the HMAC-SHA256 of the text? Compared by WebCrypto, in constant time. */
export const isHmacOf = async (
  signature: Uint8Array<ArrayBuffer> | undefined,
  { secret, text }: { readonly secret: string; readonly text: string },
): Promise<boolean> => {
  if (secret === "") {
    throw new TellonceError(
      "proof/no_secret",
      "The secret is empty, so anybody could sign. Set the one that the host shows you.",
    )
  }
  const key = await crypto.subtle.importKey("raw", toBytes(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "verify",
  ])
  return signature !== undefined && crypto.subtle.verify("HMAC", key, signature, toBytes(text))
}
