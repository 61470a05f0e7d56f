import type { Fields } from "@tellonce/core"
import { type Credentials, createCredentials } from "./access/create-credentials.ts"
import { type Audit, createAudit } from "./audit/create-audit.ts"
import { followHeads } from "./audit/follow-heads.ts"
import { createAnswer } from "./create-answer.ts"
import { createKeep } from "./create-keep.ts"
import { createFeedHub } from "./feed/feed-hub.ts"
import { createLinks } from "./identity/create-links.ts"
import { toCanonicalIdentity } from "./identity/to-canonical-identity.ts"
import { createFold, type Fold } from "./ingest/create-fold.ts"
import { openInteractions } from "./interactions/open-interactions.ts"
import { type Ground, openGround } from "./open-ground.ts"
import { observeFeeds } from "./operate/observe-feeds.ts"
import { createPrivacy } from "./privacy/create-privacy.ts"
import { createRecords } from "./privacy/create-records.ts"
import { createRights } from "./privacy/create-rights.ts"
import { toErasedEvents } from "./privacy/to-erased-events.ts"
import { type FindCustomer, readCustomer } from "./read-customer.ts"
import type { Service } from "./service.ts"
import type { TellonceOptions } from "./tellonce-options.ts"
import { createWebhooks, type Webhooks } from "./webhooks/create-webhooks.ts"

/** A service of one definition, and what only its owner may do with it. */
export type OwnService<F extends Fields> = Omit<Service, "customer"> &
  Pick<Credentials, "holderOf"> & {
    readonly customer: FindCustomer<F>
    /** Ends what runs beside the requests and closes the store. */
    close(): Promise<void>
  }

/** Opens all parts, each on those before it. */
export const createService = <F extends Fields>(options: TellonceOptions<F>): OwnService<F> => {
  const ground = openGround(options)
  const audit = openAudit(ground)
  const find = finderOf(ground)
  const webhooks = createWebhooks({ ...ground, metrics: ground.operations.metrics, webhooks: options.webhooks })
  const privacy = openPrivacy(options, { ...ground, audit, find, webhooks })
  const credentials = createCredentials({ ...ground, identityKeys: options.identityKeys, epochOf: privacy.epochOf })
  // Whoever a restored backup has brought back is erased before anybody is read.
  const customer: FindCustomer<F> = async (...call) => privacy.ready().then(() => find(...call))
  const reading = { ...ground, ...credentials, audit, privacy, customer }
  const fold = createFold(ground.definition)
  const keep = createKeep({ ...reading, store: webhooks.store, fold: fold.fold })
  const parts = { ...reading, keep, webhooks }
  const service = {
    ...parts,
    links: createLinks(parts),
    answer: createAnswer(parts),
    feeds: observeFeeds(
      createFeedHub({ ...ground, refresh: credentials.revocations.refresh }),
      ground.operations.metrics,
    ),
    interactions: openInteractions(options, parts),
    rights: createRights(parts),
    records: () => createRecords(ground.definition, options.access),
  }
  webhooks.start({ customer, ready: privacy.ready })
  connect({ ...service, fold })
  const heads = openHeads(options, ground)
  return {
    ...service,
    async close() {
      service.feeds.close()
      await service.webhooks.close()
      await audit.flush().catch(ground.onError)
      await heads?.stop()
      await ground.store.close?.()
    },
  }
}

const openAudit = ({ identities, ...ground }: Ground): Audit =>
  createAudit({
    ...ground,
    canonical(identity) {
      const canonical = identities.canonical(identity)
      return canonical.ok ? canonical.identity : identity
    },
  })

const finderOf =
  <F extends Fields>({ definition, store, identities }: Ground<F>): FindCustomer<F> =>
  (identity, alone = false) =>
    readCustomer(definition, store, toCanonicalIdentity(identities, identity), { alone, unique: identities.unique })

const openPrivacy = <F extends Fields>(
  { access, erasures, gpc }: TellonceOptions<F>,
  { find, webhooks, ...parts }: Ground & { audit: Audit; find: FindCustomer; webhooks: Pick<Webhooks, "ofEvents"> },
) =>
  createPrivacy({
    ...parts,
    customer: find,
    purposes: access?.purposes ?? {},
    erasures,
    gpc,
    outgoingOf: (erased) => webhooks.ofEvents(toErasedEvents(erased)),
  })

const openHeads = <F extends Fields>({ auditHeads }: TellonceOptions<F>, { secrets, ...ground }: Ground) => {
  const [secret = ""] = secrets
  return auditHeads && followHeads({ ...ground, secret, write: auditHeads })
}

/** What one part has to be told of by another. */
const connect = ({
  feeds,
  fold,
  privacy,
  onError,
  revocations,
  store,
  webhooks,
}: Pick<Service, "feeds" | "onError" | "privacy" | "revocations" | "store" | "webhooks"> & { readonly fold: Fold }) => {
  revocations.onRevoked(feeds.check)
  // Of other nodes, too. It wants to know nothing else.
  store.watch(({ swept }) => {
    if (swept.length === 0) return
    fold.forget()
    void privacy.learn().then(feeds.check).catch(onError)
  }, new Set())
  privacy.onErased(({ done }) => {
    feeds.check()
    if (done) webhooks.wake()
  })
}
