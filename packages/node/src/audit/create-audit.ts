import {
  type AuditNote,
  type AuditTrail,
  type ContextDefinition,
  type Identity,
  identityKey,
  type Millis,
  TellonceError,
} from "@tellonce/core"
import type { Act } from "./act.ts"
import { createSubjectNames } from "./audit-keys.ts"
import { exportHeads, parseHeads } from "./export-heads.ts"
import { gatherRefusals } from "./gather-refusals.ts"
import { toEntry } from "./to-entry.ts"
import { type AuditVerdict, verifyAudit } from "./verify-audit.ts"
import { type Sighting, whoRead } from "./who-read.ts"

/** The service's side of the audit trail. */
export interface Audit {
  /** For an effect: pass it to `store.update` or `store.sweep`, so that it is kept exactly when the effect is. */
  noteOf(act: Act): AuditNote
  /**
   * For what changes nothing. A read resolves when its note is durable: answer after it, so that nothing is seen that is not on record.
   * A refusal need not be waited for; refusals that are alike are gathered for a second and kept as one, with their count.
   */
  note(act: Act): Promise<void>
  /** Keeps now what is gathered. */
  flush(): Promise<void>
  /** Whoever saw or changed something of this identity in that time, both ends included. */
  whoRead(identity: Identity, from: Millis, to: Millis): Promise<readonly Sighting[]>
  /** Checks every record, and that the trail still holds what `heads`, a line exported earlier, says it held. */
  verify(options?: { readonly heads?: string }): Promise<AuditVerdict>
  /** The ends of all chains in one signed line, to be kept where nobody who can write to the store can write. */
  exportHeads(): Promise<string>
}

export interface AuditOptions {
  readonly store: AuditTrail
  readonly definition: ContextDefinition
  /** Newest first; customers are named by a key made of the newest. */
  readonly secrets: readonly string[]
  /** The identity in its stored spelling, so that every spelling has one name; as it is unless told. */
  readonly canonical?: (identity: Identity) => Identity
  readonly clock: () => Millis
  readonly onError: (error: unknown) => void
}

/** Acts on no customer in particular. */
export const serviceChain = "service"

export const createAudit = (options: AuditOptions): Audit => {
  const { store, definition, secrets, canonical = (identity) => identity, clock, onError } = options
  const [newest = ""] = secrets
  const subjects = createSubjectNames(secrets)
  const fields = new Set(Object.keys(definition.fields))
  const noteOf = (act: Act): AuditNote => {
    const keys = [...(act.subject ? [identityKey(canonical(act.subject))] : []), ...(act.others ?? [])]
    const hashed = [...new Set(keys)].map(subjects.nameOf)
    return { chain: chainOf(hashed[0]), at: clock(), entry: toEntry(act, hashed, fields) }
  }
  const refusals = gatherRefusals({ write: (notes) => store.note(notes), onError })
  return {
    noteOf,
    note: (act) => (act.outcome === "denied" ? refusals.add(noteOf(act)) : store.note([noteOf(act)])),
    flush: refusals.flush,
    async verify({ heads: line } = {}) {
      const exported = line === undefined ? undefined : parseHeads(line, secrets)
      if (line !== undefined && exported === undefined) throw foreignHeads()
      return verifyAudit(store, exported)
    },
    exportHeads: async () => (await exportHeads({ store, secret: newest, at: clock() })).line,
    whoRead: (identity, from, to) => whoRead(store, { names: subjects.namesOf(canonical(identity)), from, to }),
  }
}

/** Sixteen chains, so that nodes writing at once seldom wait for the same one. */
const chainOf = (subject: string | undefined): string =>
  subject === undefined ? serviceChain : `subjects-${subject[0]}`

const foreignHeads = () =>
  new TellonceError(
    "audit/heads",
    "This line was not exported by this service, or was changed. Use the line as it was written, and the secret it was signed with.",
  )
