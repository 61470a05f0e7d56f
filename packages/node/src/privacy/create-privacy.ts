import {
  type ContextDefinition,
  type Identity,
  identityKey,
  type Millis,
  type ServiceStore,
  TellonceError,
} from "@tellonce/core"
import { consentFields } from "../access/consent-fields.ts"
import type { Access } from "../access/create-access.ts"
import { createSubjectNames } from "../audit/audit-keys.ts"
import type { Audit } from "../audit/create-audit.ts"
import { followChain } from "../audit/follow-chain.ts"
import type { Incoming } from "../http/incoming.ts"
import type { Keep } from "../ingest/keep.ts"
import type { Principal } from "../principal.ts"
import type { FindCustomer } from "../read-customer.ts"
import { createErasures, type Erasures, type ErasuresOptions } from "./create-erasures.ts"
import { createMemoryErasureLedger, type ErasureLedger } from "./erasure-ledger.ts"
import { createReceipts, type ErasureReceipt } from "./erasure-receipt.ts"
import { erasuresChain, erasuresIn } from "./erasures-trail.ts"
import type { Recipient } from "./export-lines.ts"
import type { FieldPurposes } from "./field-purposes.ts"
import { asksForPrivacy, createGpc } from "./honour-gpc.ts"
import { createLateKeeps } from "./late-keeps.ts"
import type { Reaffirm } from "./reaffirm.ts"
import { recipientsOf } from "./recipients.ts"
import { refuseErased } from "./refuse-erased.ts"
import { replayErasures } from "./replay-erasures.ts"
import { createSignalGate, type GateParts, type SignalGate } from "./signal-gate.ts"

export interface PrivacyOptions {
  readonly definition: ContextDefinition
  readonly store: ServiceStore
  readonly audit: Audit
  readonly customer: FindCustomer
  readonly access: Pick<Access, "agent">
  /** Newest first. */
  readonly secrets: readonly string[]
  readonly clock: () => Millis
  readonly onError: (error: unknown) => void
  readonly purposes: FieldPurposes
  /** Without one, erasures are remembered by the store alone: a restored backup knows none that came after it. */
  readonly erasures?: ErasureLedger | undefined
  readonly outgoingOf?: ErasuresOptions["outgoingOf"] | undefined
  /** Purposes denied for whoever's browser sends `Sec-GPC: 1`. */
  readonly gpc?: readonly string[] | undefined
}

export interface Privacy extends Omit<Erasures, "learn"> {
  readonly ledger: ErasureLedger
  /** Resolves when the store holds nobody whom the ledger says was erased. Nothing may be served before. */
  ready(): Promise<void>
  /** Learns now what other nodes have erased; else it is known two seconds later. */
  learn(): Promise<void>
  /** Right after a caller is known: throws 410 `access/erased`, and records what their browser asks for. */
  admit(request: Pick<Incoming, "headers">, principal: Principal, keep: Keep): Promise<void>
  /** For a visitor who is just being opened by this request. */
  welcome(request: Pick<Incoming, "headers">, visitor: Principal, keep: Keep): Promise<void>
  /** The epoch a new token of this identity has to carry. */
  epochOf(identity: Identity): Promise<number>
  gate(principal: Principal, reaffirm?: Reaffirm): SignalGate
  /** Everybody to whom something of these identities was shown. */
  recipients(keys: readonly string[]): Promise<readonly Recipient[]>
  readReceipt(receipt: string): Promise<ErasureReceipt | undefined>
}

export const createPrivacy = (options: PrivacyOptions): Privacy => {
  const { definition, store, audit, secrets, clock, gpc: denied = [] } = options
  // Under each: while one is being changed, a node that has the older alone knows of those erased by one that has both.
  const [pepper = "", ...former] = secrets.map((secret) => `tellonce erasures ${secret}`)
  const ledger = options.erasures ?? createMemoryErasureLedger({ pepper, former })
  const names = createSubjectNames(secrets)
  const receipts = createReceipts({ secrets, audience: definition.name })
  const [field] = consentFields(definition)
  if (denied.length > 0 && field === undefined) throw noConsentField()
  const gpc = denied.length > 0 && field !== undefined ? createGpc({ ...options, denied, field }) : undefined
  const erasures = createErasures({ ...options, ledger, sign: receipts.sign })
  if (gpc) erasures.onErased(gpc.forget)
  const ready = once(async () => void (await replayErasures({ definition, store, ledger, clock })))
  const lateKeeps = createLateKeeps({ ...options, ledger })
  const news = followChain({
    trail: store,
    chain: erasuresChain,
    clock,
    async take(records) {
      gpc?.forget()
      await erasures.learn(records.flatMap(erasuresIn))
      await lateKeeps.look()
    },
    settle: lateKeeps.sweep,
  })
  const gateParts: GateParts = { ...options, ledger, lateKeeps }
  const current = () => ready().then(news.catchUp)
  const epochOf = async (identity: Identity) => {
    await current()
    return (await ledger.epochs([identityKey(identity)]))[0] ?? 0
  }

  const honour = async (request: Pick<Incoming, "headers">, principal: Principal, keep: Keep) => {
    if (gpc && "identity" in principal && asksForPrivacy(request.headers))
      await gpc.record(principal.identity, principal, keep)
  }
  return {
    ledger,
    ready,
    epochOf,
    learn: news.refresh,
    async admit(request, principal, keep) {
      await current()
      await refuseErased(principal, ledger)
      await honour(request, principal, keep)
    },
    welcome: honour,
    gate(principal, reaffirm) {
      const { check, settle } = createSignalGate(gateParts, {
        principal,
        reaffirm:
          reaffirm &&
          ((subject) =>
            audit.note({ principal, action: "reaffirm", subject, outcome: "allowed", detail: { ...reaffirm } })),
        noteOf: (subject, fields) => [
          audit.noteOf({ principal, action: "withdraw", subject, fields, outcome: "allowed" }),
        ],
      })
      return { settle, check: (signals) => current().then(() => check(signals)) }
    },
    async erase(identity, principal, scope) {
      // The next epoch is one above all that any node has given.
      await ready().then(news.refresh)
      return erasures.erase(identity, principal, scope)
    },
    recipients: (keys) => recipientsOf({ store, names, access: options.access }, keys, clock()),
    isErased: erasures.isErased,
    onErased: erasures.onErased,
    readReceipt: receipts.read,
  }
}

/** Runs until it has succeeded once. */
const once = (work: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | undefined
  return () => {
    running ??= work().catch((thrown) => {
      running = undefined
      throw thrown
    })
    return running
  }
}

const noConsentField = () =>
  new TellonceError(
    "config/gpc",
    '"gpc" needs somewhere to record the wish. Declare a field with consent() in the definition, or leave "gpc" out.',
  )
