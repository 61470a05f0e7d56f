export type { AccessPolicy, Agent } from "./access/access-policy.ts"
export { type Action, agentActions } from "./access/action.ts"
export { createTenants, type TenantOptions, type Tenants } from "./access/create-tenants.ts"
export type { IdentityKey } from "./access/identity-tokens.ts"
export { keyId } from "./access/key-ring.ts"
export type { Revoked } from "./access/revocations.ts"
export { tenantStore } from "./access/tenant-store.ts"
export type { Anchor, AnchorAnswer, AnchorQuestion, AnchorRequest, Anchors } from "./anchors/anchor.ts"
export {
  type AllowedOrigin,
  createGuardedFetch,
  type GuardedFetch,
  type GuardedFetchOptions,
} from "./anchors/guarded-fetch.ts"
export type { Audit } from "./audit/create-audit.ts"
export type { ChainHead } from "./audit/export-heads.ts"
export { type FollowHeads, followHeads } from "./audit/follow-heads.ts"
export { type AuditFault, type AuditVerdict, verifyAudit } from "./audit/verify-audit.ts"
export type { Sighting } from "./audit/who-read.ts"
export { canonicalHash } from "./canonical-hash.ts"
export type { TellonceConfig } from "./cli/load-config.ts"
export { createTellonce } from "./create-tellonce.ts"
export type { IdentityOptions } from "./identity/identity-rules.ts"
export type { LinkConflict } from "./identity/join-linked.ts"
export type { UnlinkSide, UnlinkSides } from "./identity/unlink-sides.ts"
export type { IngestResult } from "./ingest/ingest-result.ts"
export type { Handoff, HandoffRequest } from "./interactions/handoffs.ts"
export type { HoldRequest } from "./interactions/holds.ts"
export type { InteractionMethods } from "./interactions/interaction-methods.ts"
export type { InteractionOptions } from "./interactions/interaction-options.ts"
export type { ContextHandle } from "./open-context.ts"
export type { Rate, Rates } from "./overload/create-allowance.ts"
export type { Keys, Principal } from "./principal.ts"
export {
  fromGoogleConsent,
  fromGpp,
  fromSegmentConsent,
  fromTcf,
  fromTcfString,
} from "./privacy/consent-maps.ts"
export type { Erased } from "./privacy/create-erasures.ts"
export { createRecords, type ProcessingRecord } from "./privacy/create-records.ts"
export { createRetention, type Retention, type RetentionOptions } from "./privacy/create-retention.ts"
export { createMemoryErasureLedger, type Erasure, type ErasureLedger } from "./privacy/erasure-ledger.ts"
export type { ErasureReceipt } from "./privacy/erasure-receipt.ts"
export { createFileErasureLedger, type FileErasureLedgerOptions } from "./privacy/file-erasure-ledger.ts"
export type { Reaffirm } from "./privacy/reaffirm.ts"
export { replayErasures } from "./privacy/replay-erasures.ts"
export type { Customer } from "./read-customer.ts"
export { type FetchHandler, type Served, type ServeOptions, serve, toNodeListener } from "./serve.ts"
export type { OwnStatement, Question } from "./service.ts"
export { createMemoryStore } from "./store/memory-store.ts"
export { createSqliteStore } from "./store/sqlite-store.ts"
export type { Tellonce } from "./tellonce.ts"
export type { TellonceOptions } from "./tellonce-options.ts"
export type { IssuedToken, TokenGrant, TokenHolder } from "./tokens.ts"
export type { Webhook, WebhookEventName } from "./webhooks/webhook.ts"
