import { type ContextDefinition, createSignalParser, type Millis, type ServiceStore } from "@tellonce/core"
import * as z from "zod"
import { auditWrites } from "./audit/audit-writes.ts"
import type { Audit } from "./audit/create-audit.ts"
import { createTurns } from "./create-turns.ts"
import type { IdentityRules } from "./identity/identity-rules.ts"
import type { Fold } from "./ingest/create-fold.ts"
import type { Keep } from "./ingest/keep.ts"
import { ingest } from "./ingest.ts"
import { countSignals, type Operations } from "./operate/create-operations.ts"
import type { Privacy } from "./privacy/create-privacy.ts"

export interface KeepParts {
  readonly definition: ContextDefinition
  readonly store: ServiceStore
  readonly identities: IdentityRules
  readonly audit: Audit
  readonly operations: Operations
  readonly privacy: Pick<Privacy, "gate">
  readonly fold: Fold["fold"]
  readonly clock: () => Millis
}

/** The one way in: admitted, gated, audited, counted. */
export const createKeep = (parts: KeepParts): Keep => {
  const { definition, store, identities, audit, operations, privacy, fold, clock } = parts
  const inTurn = createTurns()
  // The server may make code at run time: such a parser is several times as quick.
  const parse = createSignalParser((envelope) => z.compile(envelope))
  return (signals, principal, { sentAt, reaffirm } = {}) =>
    countSignals(
      operations,
      auditWrites({ store, audit, principal }, (audited) =>
        ingest(signals, {
          definition,
          store: audited,
          principal,
          identities,
          parse,
          inTurn,
          fold,
          now: clock(),
          sentAt,
          gate: privacy.gate(principal, reaffirm),
        }),
      ),
    )
}
