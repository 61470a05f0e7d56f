import {
  type AskAnswer,
  type ContextDefinition,
  type Duration,
  type Fields,
  type Identity,
  type Millis,
  type ServiceStore,
  type Signal,
  type Statement,
  type View,
  view,
} from "@tellonce/core"
import { v7 as uuid } from "uuid"
import type { AccessPolicy } from "./access/access-policy.ts"
import { checkKeys } from "./access/check-keys.ts"
import { createAccess } from "./access/create-access.ts"
import { createCredentials } from "./access/create-credentials.ts"
import type { IdentityKey } from "./access/identity-tokens.ts"
import type { Revoked } from "./access/revocations.ts"
import { auditWrites } from "./audit/audit-writes.ts"
import { type Audit, createAudit } from "./audit/create-audit.ts"
import { followHeads } from "./audit/follow-heads.ts"
import { createFetch } from "./create-fetch.ts"
import { createFeedHub } from "./feed-hub.ts"
import { createLinks } from "./identity/create-links.ts"
import { createIdentityRules, type IdentityOptions } from "./identity/identity-rules.ts"
import { oneAtATime } from "./identity/one-at-a-time.ts"
import { toCanonicalIdentity } from "./identity/to-canonical-identity.ts"
import type { UnlinkSides } from "./identity/unlink-sides.ts"
import { withPersons } from "./identity/with-persons.ts"
import type { IngestResult } from "./ingest/ingest-result.ts"
import { ingest } from "./ingest.ts"
import { type InteractionMethods, toMethods } from "./interactions/interaction-methods.ts"
import type { InteractionOptions } from "./interactions/interaction-options.ts"
import { openInteractions } from "./interactions/open-interactions.ts"
import { type ContextHandle, openContext } from "./open-context.ts"
import { checkConfig } from "./operate/check-config.ts"
import { countSignals, createOperations, type OperationsOptions } from "./operate/create-operations.ts"
import { type Keys, keyList, type Principal } from "./principal.ts"
import type { Erased } from "./privacy/create-erasures.ts"
import { createPrivacy, type Reaffirm } from "./privacy/create-privacy.ts"
import { createRetention } from "./privacy/create-retention.ts"
import type { ErasureLedger } from "./privacy/erasure-ledger.ts"
import type { ErasureReceipt } from "./privacy/erasure-receipt.ts"
import { toErasedEvents } from "./privacy/to-erased-events.ts"
import { withEpochs } from "./privacy/with-epochs.ts"
import { allowCustomer, readAs } from "./read-allowed.ts"
import { type Customer, readCustomer } from "./read-customer.ts"
import type { OwnStatement, Question, Service } from "./service.ts"
import type { IssuedToken, TokenGrant, TokenHolder } from "./tokens.ts"

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

/** The context service: one handler to mount, and the same things as methods for use in the process. */
export interface Tellonce<F extends Fields = Fields> extends InteractionMethods<keyof F & string> {
  /** Mounts in Hono, Next, Bun and Deno as it is; in Express and Fastify through `toNodeListener`. Never rejects. */
  fetch(request: Request): Promise<Response>
  /** Keeps statements with the authority of the secret key. Resolves when they are on the disk. */
  record(
    statements: readonly OwnStatement[],
    options?: { readonly reaffirm?: Reaffirm },
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
  /** Whose token this is; undefined for anything that is not a valid token of this service. */
  verifyToken(token: string): Promise<TokenHolder | undefined>
  /** Ends a token, all tokens of an agent or an identity, or a key, at once. */
  revoke(revoked: Revoked): Promise<void>
  /** Erases whoever a restored backup has brought back. Every way in and out waits for it; await it before you listen. */
  ready(): Promise<void>
  /** Removes physically all that is kept of a customer, or of that identity alone. Tokens from before are refused from then on. */
  erase(identity: Identity, scope?: "customer" | "identity"): Promise<Erased>
  /** The trail of who saw and did what: checked, exported, looked through. */
  readonly audit: Pick<Audit, "verify" | "exportHeads" | "whoRead">
  /** What a receipt of an erasure says; undefined for anything this service did not sign. */
  readReceipt(receipt: string): Promise<ErasureReceipt | undefined>
  /** Removes physically what may no longer be kept, by the fields' `keepFor` and by `logFor`. Answers of how many identities. Run it once a day or more often. */
  retain(): Promise<number>
  /** Closes the store when what has been taken in is on the disk. */
  close(): Promise<void>
}

const inProcess: Principal = { kind: "secret" }

export const createTellonce = <F extends Fields>(options: TellonceOptions<F>): Tellonce<F> => {
  checkConfig(options)
  const operations = createOperations(options)
  const { context: definition, keys, clock = Date.now, onError = operations.log.failed } = options
  const { store } = operations
  checkKeys(keys)
  const access = createAccess(definition, options.access)
  const { tenant, identityKeys, random = Math.random } = options
  const credentials = createCredentials({ definition, keys, access, identityKeys, tenant, trail: store, clock })
  const { signer, revocations } = credentials
  const identities = createIdentityRules(options.identities)
  const tokens = withPersons(
    withEpochs(credentials.tokens, (identity) => privacy.epochOf(identity)),
    identities,
  )
  const feeds = createFeedHub({ store, clock, refresh: revocations.refresh, onError })
  revocations.onRevoked(feeds.beat)
  const audit = createAudit({
    store,
    definition,
    secrets: keyList(keys.secret),
    canonical: (identity) => {
      const canonical = identities.canonical(identity)
      return canonical.ok ? canonical.identity : identity
    },
    clock,
    onError,
  })
  const [secret = ""] = keyList(keys.secret)
  const heads = options.auditHeads && followHeads({ store, secret, clock, write: options.auditHeads, onError })
  const inTurn = oneAtATime()
  const keep: Service["keep"] = (signals, principal, { sentAt, reaffirm } = {}) =>
    countSignals(
      operations,
      auditWrites({ store, audit, principal }, (audited) =>
        ingest(signals, {
          definition,
          store: audited,
          principal,
          identities,
          inTurn,
          now: clock(),
          sentAt,
          gate: privacy.gate(principal, reaffirm),
        }),
      ),
    )
  const customer = async (identity: Identity, alone = false) => {
    await privacy.ready()
    return readCustomer(definition, store, toCanonicalIdentity(identities, identity), {
      alone,
      unique: identities.unique,
    })
  }
  const privacy = createPrivacy({
    definition,
    store,
    audit,
    customer,
    secrets: keyList(keys.secret),
    clock,
    purposes: options.access?.purposes ?? {},
    erasures: options.erasures,
    gpc: options.gpc,
    access,
  })
  privacy.onErased(({ keys: erased, done }) => {
    feeds.beat()
    if (done) feeds.reset(erased)
  })
  const retention = createRetention({ definition, store, clock, logFor: options.logFor })
  const links = createLinks({ definition, store, rules: identities, clock, keep })
  const parts = { definition, store, access, audit, signer, revocations, tenant, clock, onError, keep, customer }
  const { interactions, webhooks } = openInteractions(options, { ...parts, secrets: keyList(keys.secret) })
  privacy.onErased(({ done, ...erased }) => {
    if (done) for (const event of toErasedEvents(erased)) webhooks.announce(event)
  })
  const record: Tellonce<F>["record"] = (statements, asked = {}) =>
    keep(
      statements.map((statement) => complete(statement, clock())),
      inProcess,
      asked,
    )

  const answer = async (identity: Identity, question: Question, principal: Principal) => {
    const { fields, channel, source = "tellonce", matter, maxAge, purpose } = question
    const reading = { identity, action: "ask", purpose } as const
    const allowed =
      principal === inProcess
        ? allowCustomer(await customer(identity), { ...reading, access, now: clock(), principal })
        : await readAs({ access, audit, clock, customer }, principal, reading)
    const answers = allowed.ask(fields, { now: clock(), matter, maxAge })
    const toAsk = fields.filter((field) => answers[field]?.answer !== "skip")
    if (toAsk.length > 0) {
      const authority = principal.kind === "agent" ? "agent" : "bot"
      await keep(
        [complete({ identity, authority, channel, source, matter, event: { name: "asked", fields: toAsk } }, clock())],
        principal,
      )
    }
    return answers
  }

  return {
    fetch: createFetch({
      interactions,
      webhooks,
      access,
      signer,
      revocations,
      feeds,
      random,
      privacy,
      identities,
      links,
      definition,
      store,
      audit,
      operations,
      keys,
      tokens,
      clock,
      onError,
      keep,
      customer,
      answer,
    }),
    record,
    link: (identity, to, source) => links.link({ identity, to, source, principal: inProcess }),
    unlink: (identity, to, source) => links.unlink({ identity, to, source, principal: inProcess }),
    previewUnlink: (identity, to) => links.previewUnlink({ identity, to }),
    customer: (identity) => customer(identity),
    view: async (identity, { matter } = {}) => view((await customer(identity)).context, { now: clock(), matter }),
    ask: (identity, question) => answer(identity, question as unknown as Question, inProcess),
    open: (identity) =>
      openContext({ definition, store, clock, onError, identity, record, read: () => customer(identity) }),
    issueToken: tokens.issue,
    verifyToken: credentials.holderOf,
    revoke: revocations.revoke,
    ready: privacy.ready,
    retain: retention.run,
    readReceipt: privacy.readReceipt,
    erase: (identity, scope) => privacy.erase(identity, inProcess, scope),
    audit,
    ...toMethods(interactions, inProcess),
    async close() {
      webhooks.close()
      await audit.flush().catch(onError)
      await heads?.stop()
      await store.close?.()
    },
  }
}

/** A statement made in this process, with what it left out. */
const complete = (statement: Statement, now: Millis): Omit<Signal, "identity" | "source"> & Statement => ({
  ...statement,
  id: statement.id ?? uuid(),
  at: statement.at ?? now,
  authority: statement.authority ?? "record",
})
