import type { AuditRecord, AuditTrail, Millis } from "@tellonce/core"

/** A chain of the trail that is read on, so that what other nodes of the store have written there is known here. */
export interface ChainFollower {
  /** Reads on when it was last done two seconds ago or more; after one second already, but then it does not wait for that. */
  catchUp(): Promise<void>
  /** Reads on now. */
  refresh(): Promise<void>
}

/** What others have written is known here after this long at most. */
const lag: Millis = 2_000
/** While there is traffic it is known before anybody has to wait for it. */
const early: Millis = lag / 2
const page = 1_000

export const followChain = (options: {
  readonly trail: AuditTrail
  readonly chain: string
  readonly clock: () => Millis
  /** Gets each record once, in order. */
  readonly take: (records: readonly AuditRecord[]) => void | Promise<void>
  /** After each look, be there records or none. */
  readonly settle?: () => Promise<void>
}): ChainFollower => {
  const { trail, chain, clock, take, settle } = options
  let last = 0
  let looked = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined

  const readOn = async () => {
    const begun = clock()
    for (let more = true; more; ) {
      const records = await trail.audit({ chain, after: last, limit: page })
      if (records.length > 0) await take(records)
      last = records.at(-1)?.seq ?? last
      more = records.length === page
    }
    await settle?.()
    looked = begun
  }
  const look = () => {
    looking ??= readOn().finally(() => {
      looking = undefined
    })
    return looking
  }
  return {
    async catchUp() {
      // A clock may be set back.
      const age = Math.abs(clock() - looked)
      if (age >= lag) return look()
      // If this fails, whoever comes when it is due tries again, and hears why.
      if (age >= early) look().catch(() => undefined)
    },
    async refresh() {
      // A look that began before may miss what was written since.
      await looking?.catch(() => undefined)
      await look()
    },
  }
}
