import type { AskAnswer, Fields, Identity, Millis, View } from "@tellonce/core"
import type { Revoked } from "./access/revocations.ts"
import type { Audit } from "./audit/create-audit.ts"
import type { Incoming } from "./http/incoming.ts"
import type { Reply } from "./http/reply.ts"
import type { UnlinkSides } from "./identity/unlink-sides.ts"
import type { IngestResult } from "./ingest/ingest-result.ts"
import type { InteractionMethods } from "./interactions/interaction-methods.ts"
import type { ContextHandle } from "./open-context.ts"
import type { Erased } from "./privacy/create-erasures.ts"
import type { ErasureReceipt } from "./privacy/erasure-receipt.ts"
import type { Reaffirm } from "./privacy/reaffirm.ts"
import type { RightsMethods } from "./privacy/rights-methods.ts"
import type { Customer } from "./read-customer.ts"
import type { OwnStatement, Question } from "./service.ts"
import type { IssuedToken, TokenGrant, TokenHolder } from "./tokens.ts"

/** The context service: one handler to mount, and the same things as methods for use in the process. */
export interface Tellonce<F extends Fields = Fields> extends InteractionMethods<keyof F & string> {
  /** Mounts in Hono, Next, Bun and Deno as it is; in Express and Fastify through `toNodeListener`. Never rejects. */
  fetch(request: Request): Promise<Response>
  /** The same for a host without Fetch objects, or that wants to do without what they cost. Never rejects. */
  handle(incoming: Incoming): Promise<Reply>
  /** Would a request that comes now only wait? A server that asks this as they come, as `serve` does, refuses at its door. */
  isBusy(): boolean
  /** Counts a request that a server refused before it came here; `serve` calls it. */
  onShed(code: string): void
  /** Keeps statements with the authority of the secret key. Resolves when they are on the disk. */
  record(
    statements: readonly OwnStatement[],
    options?: {
      readonly reaffirm?: Reaffirm
      /** The sender's own clock as it sent, where the statements are stamped with that clock. */
      readonly sentAt?: Millis
    },
  ): Promise<readonly IngestResult[]>
  /** States that two identities are one customer. Only for what you have proven. */
  link(identity: Identity, to: Identity, source: string): Promise<void>
  /** Parts what was linked: each side keeps what was written to it. */
  unlink(identity: Identity, to: Identity, source: string): Promise<UnlinkSides>
  /** What `unlink` would leave on each side. Changes nothing. */
  previewUnlink(identity: Identity, to: Identity): Promise<UnlinkSides>
  customer(identity: Identity): Promise<Customer<F>>
  view(identity: Identity, options?: { readonly matter?: string }): Promise<View<F>>
  ask(identity: Identity, question: Question<F>): Promise<Readonly<Record<string, AskAnswer>>>
  /** A live `ContextPort` on one customer; close it when done. */
  open(identity: Identity): Promise<ContextHandle<F>>
  issueToken(grant: TokenGrant): Promise<IssuedToken>
  /** Whose token this is; undefined for anything that is not a valid token of this service, and for one from before its holder's erasure. */
  verifyToken(token: string): Promise<TokenHolder | undefined>
  /** Ends a token, all tokens of an agent or an identity, or a key, at once. */
  revoke(revoked: Revoked): Promise<void>
  /** Erases whoever a restored backup has brought back. Every way in and out waits for it; await it before you listen. */
  ready(): Promise<void>
  /** Removes physically all that is kept of a customer, or of that identity alone. Tokens from before are refused from then on. */
  erase(identity: Identity, scope?: "customer" | "identity"): Promise<Erased>
  /** What the law lets a customer ask for beside consent, export and erasure; and the register of processing. */
  readonly rights: RightsMethods
  /** The trail of who saw and did what: checked, exported, looked through. */
  readonly audit: Pick<Audit, "verify" | "exportHeads" | "whoRead">
  /** What a receipt of an erasure says; undefined for anything this service did not sign. */
  readReceipt(receipt: string): Promise<ErasureReceipt | undefined>
  /** Removes physically what may no longer be kept, by the fields' `keepFor` and by `logFor`. Answers of how many identities. Run it once a day or more often; the command `tellonce serve` does. */
  retain(): Promise<number>
  /** Ends the live feeds, and closes the store when what has been taken in is on the disk. */
  close(): Promise<void>
}
