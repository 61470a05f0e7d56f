import {
  type ContextDefinition,
  type Identity,
  identityKey,
  type Millis,
  type Outgoing,
  type ServiceStore,
  type Unsubscribe,
} from "@tellonce/core"
import { v7 as uuid } from "uuid"
import type { Audit } from "../audit/create-audit.ts"
import type { Principal } from "../principal.ts"
import type { FindCustomer } from "../read-customer.ts"
import type { Erasure, ErasureLedger } from "./erasure-ledger.ts"
import type { ErasureReceipt } from "./erasure-receipt.ts"
import { toErasureNote } from "./erasures-trail.ts"
import { sweepErased } from "./sweep-erased.ts"

/** An erasure as those who keep copies are told of it. */
export interface ErasedCustomer extends ErasureReceipt {
  /** The identities that were erased. Keep them no longer than it takes to erase the copies. */
  readonly keys: readonly string[]
  /** False when it is certain, true when nothing is left. */
  readonly done: boolean
}

export interface Erased extends ErasureReceipt {
  /** The least epoch that is welcome now; identity tokens your backend signs for them must carry it. */
  readonly epoch: number
  /** The above but the epoch, signed. */
  readonly receipt: string
}

export interface Erasures {
  erase(identity: Identity, principal: Principal, scope?: ErasureReceipt["scope"]): Promise<Erased>
  /** Takes in what another node of the store has erased. */
  learn(erasures: readonly Erasure[]): Promise<void>
  /** Was the holder of this token erased while the process ran? For what stays open after its call was admitted. */
  isErased(principal: Principal): boolean
  /** Called twice for each erasure, when it is certain and when it is done, to close streams and forget caches. */
  onErased(listener: (erased: ErasedCustomer) => void): Unsubscribe
}

export interface ErasuresOptions {
  readonly definition: ContextDefinition
  readonly store: ServiceStore
  readonly ledger: ErasureLedger
  readonly audit: Pick<Audit, "noteOf">
  readonly customer: FindCustomer
  readonly clock: () => Millis
  readonly sign: (receipt: ErasureReceipt) => Promise<string>
  /** What others are told of it, kept in the same transaction. */
  readonly outgoingOf?: ((erased: Omit<ErasedCustomer, "done">) => readonly Outgoing[]) | undefined
}

export const createErasures = (options: ErasuresOptions): Erasures => {
  const { ledger, audit, customer, clock, sign, outgoingOf = () => [] } = options
  const lately = new Map<string, number>()
  const listeners = new Set<(erased: ErasedCustomer) => void>()
  const tell = (erased: ErasedCustomer) => {
    for (const listener of listeners) {
      try {
        listener(erased)
      } catch (thrown) {
        // The erasure goes on whatever a listener does.
        process.emitWarning(thrown instanceof Error ? thrown : new Error("A listener of erasures failed."))
      }
    }
  }
  return {
    async erase(identity, principal, scope = "customer") {
      const { identities: keys } = await customer(identity, scope === "identity")
      const erasure: ErasureReceipt = { id: uuid(), at: clock(), identities: keys.length, scope }
      const entries = await nextEntries(ledger, keys)
      // First of all no old token may write any more: what comes after this is refused, what came before is swept.
      await ledger.keep(entries)
      for (const { subject, epoch } of entries) lately.set(subject, epoch)
      tell({ ...erasure, keys, done: false })
      const act = { principal, action: "erase", subject: identity, others: keys, outcome: "allowed" } as const
      const note = audit.noteOf({ ...act, detail: { scope, identities: keys.length, receipt: erasure.id } })
      await sweepErased(options, keys, {
        notes: [toErasureNote(entries, erasure.at), note],
        outgoing: outgoingOf({ ...erasure, keys }),
      })
      tell({ ...erasure, keys, done: true })
      return { ...erasure, epoch: Math.max(...entries.map(({ epoch }) => epoch)), receipt: await sign(erasure) }
    },
    async learn(erasures) {
      await ledger.keep(erasures)
      for (const { subject, epoch } of erasures) lately.set(subject, Math.max(epoch, lately.get(subject) ?? 0))
    },
    isErased: (principal) =>
      "identity" in principal &&
      lately.size > 0 &&
      ledger
        .subjectsOf(identityKey(principal.identity))
        .some((subject) => principal.epoch < (lately.get(subject) ?? 0)),
    onErased(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const nextEntries = async (ledger: ErasureLedger, keys: readonly string[]): Promise<readonly Erasure[]> => {
  const epochs = await ledger.epochs(keys)
  return keys.flatMap((key, index) =>
    ledger.subjectsOf(key).map((subject) => ({ subject, epoch: (epochs[index] ?? 0) + 1 })),
  )
}
