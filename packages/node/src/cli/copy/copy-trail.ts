import { type AuditTrail, TellonceError } from "@tellonce/core"
import { walkChain } from "../../audit/walk-chain.ts"

type Trail = Pick<AuditTrail, "audit" | "chains">

/**
 * Copies every chain of the trail, record by record: a record's hash follows from what it says and from the one before it, so the copy has
 * the hashes of the original, and heads that were exported earlier hold for it, too.
 */
export const copyTrail = async (from: Trail, to: AuditTrail, onChain: () => void): Promise<void> => {
  for (const chain of await from.chains()) {
    const there = await compareStart(from, to, chain)
    for (let after = there; ; ) {
      const records = await from.audit({ chain, after, limit: page })
      const last = records.at(-1)
      if (last === undefined) break
      await to.note(records.map(({ chain, at, entry }) => ({ chain, at, entry })))
      after = last.seq
    }
    onChain()
  }
}

const page = 500

/** How many records of a chain are there already. Throws `copy/other_trail` when they are not the original's. */
const compareStart = async (from: Trail, to: AuditTrail, chain: string): Promise<number> => {
  const originals = walkChain(from, chain)
  let there = 0
  for await (const { hash } of walkChain(to, chain)) {
    const { value } = await originals.next()
    if (value?.hash !== hash) throw otherTrail(chain)
    there++
  }
  return there
}

const otherTrail = (chain: string) =>
  new TellonceError(
    "copy/other_trail",
    `The store that is copied to has an audit chain "${chain}" of its own, and chains cannot be joined. Copy into a new store, before any service uses it.`,
  )
