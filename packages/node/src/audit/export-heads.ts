import { createHmac, timingSafeEqual } from "node:crypto"
import { type AuditTrail, canonical, type Millis } from "@tellonce/core"
import * as z from "zod"
import { deriveAuditKey } from "./audit-keys.ts"
import { walkChain } from "./walk-chain.ts"

/** The end of a chain at some time: what the chain held by then cannot be taken away unseen. */
export interface ChainHead {
  readonly chain: string
  readonly seq: number
  readonly hash: string
}

export interface ExportHeads {
  readonly store: Pick<AuditTrail, "audit" | "chains">
  readonly secret: string
  readonly at: Millis
  /** Heads known already: the walk goes on from there. */
  readonly known?: readonly ChainHead[]
}

/** The heads of all chains now, and one signed line of them for a place that whoever can write to the store cannot reach. */
export const exportHeads = async ({ store, secret, at, known = [] }: ExportHeads) => {
  const heads: ChainHead[] = []
  for (const chain of await store.chains()) {
    let head = known.find((earlier) => earlier.chain === chain)
    for await (const { seq, hash } of walkChain(store, chain, head?.seq)) head = { chain, seq, hash }
    if (head) heads.push(head)
  }
  return { heads, line: JSON.stringify({ at, heads, signature: sign(secret, at, heads).toString("base64url") }) }
}

const LineSchema = z.strictObject({
  at: z.number(),
  heads: z.array(z.strictObject({ chain: z.string(), seq: z.number(), hash: z.string() })),
  signature: z.string(),
})

/** The heads of an exported line; undefined unless one of the secrets signed it. */
export const parseHeads = (
  line: string,
  secrets: readonly string[],
): { readonly at: Millis; readonly heads: readonly ChainHead[] } | undefined => {
  const parsed = LineSchema.safeParse(toJson(line))
  if (!parsed.success) return undefined
  const { at, heads, signature } = parsed.data
  const given = Buffer.from(signature, "base64url")
  const isOurs = secrets.some((secret) => {
    const expected = sign(secret, at, heads)
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
  return isOurs ? { at, heads } : undefined
}

const sign = (secret: string, at: Millis, heads: readonly ChainHead[]): Buffer =>
  createHmac("sha256", deriveAuditKey(secret, "heads")).update(canonical({ at, heads })).digest()

const toJson = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
