import { createHmac, timingSafeEqual } from "node:crypto"
import { type Millis, type Refusal, refuse } from "@tellonce/core"

/** So far a signed time may be from ours: longer, and somebody has kept the request and sends it again. */
const tolerance: Millis = 300_000

/** What was signed, how, and by whom it may have been. */
export interface HmacCheck {
  readonly algorithm: "sha1" | "sha256"
  readonly encoding: "hex" | "base64"
  readonly secrets: readonly string[]
  readonly signed: readonly (string | Uint8Array)[]
  /** What the sender says the signature is; several while its secret changes. */
  readonly signatures: readonly string[]
}

/** Is one of the signatures made with one of the secrets? Compared in a time that does not tell how much agreed. */
export const hasSigned = ({ algorithm, encoding, secrets, signed, signatures }: HmacCheck): boolean =>
  secrets.some((secret) => {
    const hmac = createHmac(algorithm, secret)
    for (const part of signed) hmac.update(part)
    const expected = hmac.digest()
    return signatures.some((signature) => isSame(Buffer.from(signature, encoding), expected))
  })

/** The same bytes? Compared in a time that does not tell how many agreed. */
export const isSame = (sent: Uint8Array, expected: Uint8Array): boolean =>
  sent.length === expected.length && timingSafeEqual(sent, expected)

/** Undefined for a signature that holds, made at a time near ours where the sender signs the time. */
export const verdict = (
  isSigned: boolean,
  signedAt?: { readonly at: Millis | undefined; readonly now: Millis },
): Refusal | undefined => {
  if (!isSigned) return unsigned
  if (signedAt === undefined) return undefined
  return signedAt.at !== undefined && Math.abs(signedAt.now - signedAt.at) <= tolerance ? undefined : tooOld
}

const unsigned = refuse(
  "webhook/signature",
  "The signature is missing, or not made with the secret given here over these bytes. Compare the secrets; hand over the body unread.",
)
const tooOld = refuse(
  "webhook/time",
  "It was signed more than five minutes from now. A sender signs each attempt anew; check the clocks of both sides.",
)
