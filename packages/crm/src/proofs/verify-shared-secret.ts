import { refuse, TellonceError } from "@tellonce/core"
import { toBytes } from "./bytes.ts"
import type { HostProof } from "./host-proof.ts"

export interface SharedSecretProof {
  /** What the page was loaded with: Front's `auth_secret`; for Chatwoot, a secret you put into the dashboard app's URL. */
  readonly given: string | null | undefined
  readonly expected: string
}

/**
 * Checks the only proof that Front and Chatwoot give: a secret in the page's URL, the same for all agents and at all times. It shows that the
 * installation is yours, and not which agent it is: have them sign in to you, or map the installation to an agent with few rights.
 */
export const verifySharedSecret = async ({ given, expected }: SharedSecretProof): Promise<HostProof> => {
  if (expected.length < shortest) {
    throw new TellonceError(
      "proof/no_secret",
      `The expected secret has fewer than ${shortest} characters. Use the host's own, or a random one.`,
    )
  }
  // Compared as HMACs under a key that nobody knows: the time it takes says nothing about the secret.
  const key = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"])
  const wanted = await crypto.subtle.sign("HMAC", key, toBytes(expected))
  const isSame = await crypto.subtle.verify("HMAC", key, wanted, toBytes(given ?? ""))
  return isSame
    ? { ok: true, agent: undefined }
    : refuse("proof/secret", "The secret is not the one of this installation.")
}

const shortest = 16
