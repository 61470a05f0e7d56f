import {
  type Addressed,
  type AuditNote,
  type LeasedOutgoing,
  type LoggedSignal,
  type Outgoing,
  type ServiceStore,
  type StoredContext,
  TellonceError,
} from "@tellonce/core"

/**
 * One tenant's part of a store. Every key, chain, receiver and single-use name leads with the tenant, here and nowhere else: the tenant is no
 * parameter of any query, so no code behind this can ask for another's. Closing it leaves the store open for the others.
 */
export const tenantStore = (store: ServiceStore, tenant: string): ServiceStore => {
  const prefix = prefixOf(tenant)
  const add = (name: string) => prefix + name
  const isOurs = (name: string) => name.startsWith(prefix)
  const strip = (name: string) => name.slice(prefix.length)
  const toContext = (stored: StoredContext): StoredContext => ({ ...stored, key: strip(stored.key) })
  const toLogged = (logged: LoggedSignal): LoggedSignal => ({ ...logged, key: strip(logged.key) })
  const addressed = ({ outgoing, ...one }: Addressed): Addressed => ({
    ...one,
    key: add(one.key),
    ...(outgoing && { outgoing: outgoing.map(toOutgoing) }),
  })
  const toOutgoing = ({ key, ...one }: Outgoing): Outgoing => ({
    ...one,
    to: add(one.to),
    ...(key !== undefined && { key: add(key) }),
  })
  const fromOutgoing = ({ key, ...one }: LeasedOutgoing): LeasedOutgoing => ({
    ...one,
    to: strip(one.to),
    ...(key !== undefined && { key: strip(key) }),
  })
  const ourNotes = (notes: readonly AuditNote[]) => notes.map((note) => ({ ...note, chain: add(note.chain) }))

  return {
    read: async (keys) => (await store.read(keys.map(add))).map(toContext),
    update: (signals, fold, notes = []) =>
      store.update(signals.map(addressed), (stored) => fold(toContext(stored)), ourNotes(notes)),
    log: async (query) => (await store.log({ ...query, keys: query.keys.map(add) })).map(toLogged),
    watch: (listener, wanted) =>
      store.watch(
        (news) => {
          const added = news.added.filter(({ key }) => isOurs(key)).map(toLogged)
          const swept = news.swept.filter(isOurs).map(strip)
          if (added.length > 0 || swept.length > 0) listener({ added, swept })
        },
        wanted && {
          has: (key) => isOurs(key) && wanted.has(strip(key)),
          keys: () => new Set([...wanted.keys()].map(add)).keys(),
        },
      ),
    lateness: store.lateness,
    note: (notes) => store.note(ourNotes(notes)),
    // A record's hash covers the chain's whole name: it stays in the record, so that the trail can be verified.
    audit: (query) => store.audit({ ...query, chain: add(query.chain) }),
    chains: async () => (await store.chains()).filter(isOurs).map(strip),
    keys: async ({ after = "", limit }) => {
      const found = await store.keys({ after: add(after), ...(limit !== undefined && { limit }) })
      return found.filter(isOurs).map(strip)
    },
    sweep: (keys, { context, signal, outgoing = [], ...rest }, notes = []) =>
      store.sweep(
        keys.map(add),
        {
          ...rest,
          outgoing: outgoing.map(toOutgoing),
          context: (stored) => context(toContext(stored)),
          signal: (logged) => signal(toLogged(logged)),
        },
        ourNotes(notes),
      ),
    prune: (before) => store.prune(before),
    once: (name, until) => store.once(add(name), until),
    put: (outgoing) => store.put(outgoing.map(toOutgoing)),
    lease: async (query) => (await store.lease({ ...query, to: add(query.to) })).map(fromOutgoing),
    settle: (settled) => store.settle(settled.map((one) => ({ ...one, to: add(one.to) }))),
  }
}

/** No kind of identity holds a slash, so one tenant's keys never begin like another's or like those of a store without tenants. */
const prefixOf = (tenant: string): string => {
  if (/^[a-z0-9][a-z0-9-]{0,62}$/.test(tenant)) return `${tenant}/`
  throw new TellonceError(
    "config/tenant",
    "A tenant is named by 1 to 63 small letters, digits and hyphens, such as `acme`. Correct its id.",
  )
}
