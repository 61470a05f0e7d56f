import { createHash } from "node:crypto"
import type { ContextDefinition, ServiceStore } from "@tellonce/core"
import { exportHeads } from "../../audit/export-heads.ts"
import { type AuditVerdict, verifyAudit } from "../../audit/verify-audit.ts"
import { walkKeys } from "../../walk-store.ts"
import type { CopySource } from "./copy-source.ts"
import { isSame, readDigest } from "./read-digest.ts"

export interface CopyVerdict {
  readonly ok: boolean
  readonly keys: number
  /** Keys of which the two stores do not hold the same. */
  readonly different: number
  /** SHA-256 over the contexts of all keys of the original, by each store. */
  readonly hash: { readonly from: string; readonly to: string }
  readonly audit: AuditVerdict
}

export interface VerifyCopy {
  readonly definition: ContextDefinition
  readonly from: CopySource
  readonly to: ServiceStore
  readonly onKeys: (keys: number) => void
}

/** Reads both stores once more, and holds one against the other: contexts, logs, and the audit trail with its hashes. */
export const verifyCopy = async ({ definition, from, to, onKeys }: VerifyCopy): Promise<CopyVerdict> => {
  const [theirs, ours] = [createHash("sha256"), createHash("sha256")]
  let [all, different] = [0, 0]
  for await (const keys of walkKeys(from)) {
    for (const key of keys) {
      const [a, b] = await Promise.all([readDigest(definition, from, key), readDigest(definition, to, key)])
      theirs.update(`${key}\n${a.context}\n`)
      ours.update(`${key}\n${b.context}\n`)
      if (!isSame(a, b)) different++
    }
    all += keys.length
    onKeys(keys.length)
  }
  // Signed by nobody: they go no further than from one store to the other.
  const { heads } = await exportHeads({ store: from, secret: "", at: 0 })
  const audit = await verifyAudit(to, { heads })
  return {
    ok: different === 0 && audit.ok,
    keys: all,
    different,
    hash: { from: theirs.digest("hex"), to: ours.digest("hex") },
    audit,
  }
}
