import type { ContextDefinition, Duration, Fields, Millis, ServiceStore } from "@tellonce/core"
import type { AccessPolicy } from "./access/access-policy.ts"
import type { IdentityKey } from "./access/identity-tokens.ts"
import type { IdentityOptions } from "./identity/identity-rules.ts"
import type { InteractionOptions } from "./interactions/interaction-options.ts"
import type { OperationsOptions } from "./operate/create-operations.ts"
import type { Keys } from "./principal.ts"
import type { ErasureLedger } from "./privacy/erasure-ledger.ts"

export interface TellonceOptions<F extends Fields> extends InteractionOptions<F> {
  readonly context: ContextDefinition<F>
  readonly store: ServiceStore
  readonly keys: Keys
  /** Which agents there are, and what each field may be used for. Without it nobody gets an agent's token. */
  readonly access?: AccessPolicy
  /** With which your own backend signs who its customer is, so that it need not ask this service for a token. */
  readonly identityKeys?: readonly IdentityKey[]
  /** Of several tenants in one process: tokens of one open no other. See `createTenants`. */
  readonly tenant?: string
  /** How people are known here: kinds a customer has one of, caps, blocked values, the country of phone numbers. */
  readonly identities?: IdentityOptions
  /** Epoch milliseconds; `Date.now` unless told. */
  readonly clock?: () => Millis
  /** From 0 up to 1; `Math.random` unless told. Spreads out the readers that come back. */
  readonly random?: () => number
  /** Told of every failure no caller hears of; writes to stderr unless told otherwise. */
  readonly onError?: (error: unknown) => void
  /** A pino logger, or `false` for none; without it warnings and errors go to stderr. Only allow-listed fields are logged, never a value. */
  readonly log?: OperationsOptions["log"]
  /** Of `@opentelemetry/api`: spans around requests and store calls. */
  readonly tracer?: OperationsOptions["tracer"]
  /** Admits to `/metrics` and to nothing else; the secret key does, too. */
  readonly metricsKey?: string
  /** Requests that one caller may make, by kind of key or token. */
  readonly rates?: OperationsOptions["rates"]
  /** Who was erased; `createFileErasureLedger` keeps it through a restored backup. Without one the store alone remembers. */
  readonly erasures?: ErasureLedger
  /** Takes, every minute and at the end, the signed ends of the audit trail, one line at a time: to a place whoever can write to the store cannot reach. */
  readonly auditHeads?: (line: string) => void | Promise<void>
  /** Purposes that are denied for whoever's browser sends Global Privacy Control: `["marketing", "sale"]`. */
  readonly gpc?: readonly string[]
  /** Signals older than this are removed by `retain`; for ever unless told. What fields hold ends by their own `keepFor`. */
  readonly logFor?: Duration
}
