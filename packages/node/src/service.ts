import type { AskAnswer, ContextDefinition, Fields, Identity, Millis, ServiceStore, Statement } from "@tellonce/core"
import type { Access } from "./access/create-access.ts"
import type { Revocations } from "./access/revocations.ts"
import type { Signer } from "./access/signer.ts"
import type { Audit } from "./audit/create-audit.ts"
import type { FeedHub } from "./feed/feed-hub.ts"
import type { Links } from "./identity/create-links.ts"
import type { IdentityRules } from "./identity/identity-rules.ts"
import type { Keep } from "./ingest/keep.ts"
import type { Interactions } from "./interactions/create-interactions.ts"
import type { Operations } from "./operate/create-operations.ts"
import type { Keys, Principal } from "./principal.ts"
import type { Privacy } from "./privacy/create-privacy.ts"
import type { ProcessingRecord } from "./privacy/create-records.ts"
import type { Rights } from "./privacy/create-rights.ts"
import type { FindCustomer } from "./read-customer.ts"
import type { Tokens } from "./tokens.ts"
import type { Webhooks } from "./webhooks/create-webhooks.ts"

/** What the routes work with. */
export interface Service {
  readonly definition: ContextDefinition
  readonly store: ServiceStore
  readonly audit: Audit
  readonly operations: Operations
  readonly privacy: Privacy
  readonly rights: Rights
  /** The register of processing. */
  readonly records: () => readonly ProcessingRecord[]
  readonly keys: Keys
  readonly tokens: Tokens
  readonly access: Access
  readonly signer: Signer
  readonly revocations: Revocations
  readonly feeds: FeedHub
  readonly random: () => number
  readonly clock: () => Millis
  readonly onError: (error: unknown) => void
  readonly identities: IdentityRules
  readonly links: Links
  readonly interactions: Interactions
  readonly webhooks: Webhooks
  readonly keep: Keep
  readonly customer: FindCustomer
  readonly answer: (
    identity: Identity,
    question: Question,
    principal: Principal,
  ) => Promise<Readonly<Record<string, AskAnswer>>>
}

/** Must these be asked? */
export interface Question<F extends Fields = Fields> {
  readonly fields: readonly (keyof F & string)[]
  /** Who asks. What must be asked or confirmed is recorded as asked there. */
  readonly channel: string
  readonly source?: string | undefined
  readonly matter?: string | undefined
  readonly maxAge?: Millis | undefined
  /** What the values are for; `service` unless told. */
  readonly purpose?: string | undefined
}

/** A statement made in this process: whose it is and who reports it are not to be guessed. */
export type OwnStatement = Statement & { readonly identity: Identity; readonly source: string }
