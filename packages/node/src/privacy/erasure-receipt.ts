import { createHmac } from "node:crypto"
import type { Millis } from "@tellonce/core"
import { jwtVerify, SignJWT } from "jose"

/** What was done, without saying to whom. */
export interface ErasureReceipt {
  readonly id: string
  readonly at: Millis
  /** How many identities of the customer were erased. */
  readonly identities: number
  readonly scope: "customer" | "identity"
}

/** Signs receipts under the newest secret and reads those of any; `audience` is the definition's name. */
export const createReceipts = ({
  secrets,
  audience,
}: {
  readonly secrets: readonly string[]
  readonly audience: string
}) => {
  const keys = secrets.map((secret) => createHmac("sha256", secret).update("tellonce erasure receipt").digest())
  const [newest = Buffer.alloc(0)] = keys
  return {
    sign: ({ id, at, identities, scope }: ErasureReceipt): Promise<string> =>
      new SignJWT({ at, identities, scope })
        .setProtectedHeader({ alg: "HS256", typ })
        .setAudience(audience)
        .setJti(id)
        .sign(newest),
    /** What the receipt says; undefined for anything this service did not sign. */
    async read(receipt: string): Promise<ErasureReceipt | undefined> {
      for (const key of keys) {
        const read = await readUnder(key, receipt, audience)
        if (read) return read
      }
      return undefined
    },
  }
}

const typ = "tellonce-erasure+jwt"

const readUnder = async (key: Buffer, receipt: string, audience: string): Promise<ErasureReceipt | undefined> => {
  try {
    const checks = { algorithms: ["HS256"], audience, typ, requiredClaims: ["jti"] }
    const { payload } = await jwtVerify(receipt, key, checks)
    const { jti: id = "", at, identities, scope } = payload as unknown as ErasureReceipt & { readonly jti?: string }
    return { id, at, identities, scope }
  } catch {
    return undefined
  }
}
