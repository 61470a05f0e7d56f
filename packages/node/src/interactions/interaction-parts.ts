import type { Action, BriefOptions, ContextDefinition, Millis } from "@tellonce/core"
import type { Access } from "../access/create-access.ts"
import type { Audit } from "../audit/create-audit.ts"
import type { Keep } from "../ingest/keep.ts"
import type { FindCustomer } from "../read-customer.ts"

/** What the interactions are made of. */
export interface InteractionParts {
  readonly definition: ContextDefinition
  readonly access: Access
  readonly audit: Pick<Audit, "note">
  readonly clock: () => Millis
  readonly onError: (error: unknown) => void
  readonly keep: Keep
  readonly customer: FindCustomer
  readonly actions: Readonly<Record<string, Action>>
  readonly brief: Omit<BriefOptions, "actions">
}

/** Where an interaction takes place. */
export interface Place {
  /** The agent's own unless told. */
  readonly channel?: string | undefined
  readonly source?: string | undefined
  readonly matter?: string | undefined
  /** One that is sent again under the same id happens once. */
  readonly id?: string | undefined
}
