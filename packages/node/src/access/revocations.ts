import { type AuditTrail, type Identity, identityKey, type Json, type Millis } from "@tellonce/core"
import { createSubjectNames } from "../audit/audit-keys.ts"
import { HttpProblem } from "../http.ts"
import type { Principal } from "../principal.ts"

/** What is to open nothing any more, from now on. */
export type Revoked =
  /** One token, by its `jti`. */
  | { readonly token: string }
  /** Every token issued to this agent before now. To shut an agent out for good, take it from the registry. */
  | { readonly agent: string }
  /** Every token issued to this identity before now. */
  | { readonly identity: Identity }
  /** A key by its id, and every token it has signed. */
  | { readonly key: string }

/** What has been revoked: at once here, within seconds on every other node of the store. Survives a restart. */
export interface Revocations {
  revoke(revoked: Revoked): Promise<void>
  /** Throws 401 `access/revoked`. Looks at the store when it last did so some time ago. */
  demandStanding(principal: Principal): Promise<void>
  /** Learns what other nodes have revoked. */
  refresh(): Promise<void>
  /** By what is known here. */
  isRevoked(principal: Principal): boolean
  /** Called when something more has been revoked. */
  onRevoked(listener: () => void): void
}

/** The trail's chain that holds them: durable, in order, and it only grows, as a list of revocations must. */
const chain = "revocations"
/** Other nodes' revocations are known here after this long at most. */
const lag: Millis = 2_000
const page = 1_000

export const createRevocations = (options: {
  readonly trail: AuditTrail
  /** Newest first; identities are kept as names that only these can make. */
  readonly secrets: readonly string[]
  /** The identity as its tokens name it. */
  readonly canonical: (identity: Identity) => Identity
  readonly clock: () => Millis
}): Revocations => {
  const { trail, canonical, clock } = options
  const subjects = createSubjectNames(options.secrets)
  const since = new Map<string, Millis>()
  const listeners = new Set<() => void>()
  let last = 0
  let looked = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined

  const learn = async () => {
    const begun = clock()
    const before = last
    for (let more = true; more; ) {
      const records = await trail.audit({ chain, after: last, limit: page })
      for (const { seq, at, entry } of records) {
        last = Math.max(last, seq)
        const name = String(entry.revoked)
        since.set(name, Math.max(since.get(name) ?? 0, at))
      }
      more = records.length === page
    }
    looked = begun
    if (last > before) for (const listener of listeners) listener()
  }
  const refresh = () => {
    looking ??= learn().finally(() => {
      looking = undefined
    })
    return looking
  }
  const isRevoked = (principal: Principal): boolean =>
    namesOf(principal, subjects.namesOf).some(([name, issuedAt]) => {
      const at = since.get(name)
      return at !== undefined && at >= issuedAt
    })

  return {
    refresh,
    isRevoked,
    onRevoked: (listener) => void listeners.add(listener),
    async revoke(revoked) {
      const [kind, name] = Object.entries(revoked)[0] ?? []
      const hidden = "identity" in revoked ? subjects.nameOf(identityKey(canonical(revoked.identity))) : name
      const entry: Record<string, Json> = { revoked: `${kind} ${hidden}` }
      await trail.note([{ chain, at: clock(), entry }])
      // A look that began before the note may miss it.
      await looking?.catch(() => undefined)
      await refresh()
    },
    async demandStanding(principal) {
      if (principal.credential === undefined) return
      if (clock() - looked >= lag) await refresh()
      if (isRevoked(principal)) throw revokedProblem()
    },
  }
}

/** The names a revocation can have that ends this credential, each with the time at or after which it counts. */
const namesOf = (
  principal: Principal,
  namesOfIdentity: (identity: Identity) => readonly string[],
): readonly (readonly [string, Millis])[] => {
  const { id, key, issuedAt = 0 } = principal.credential ?? {}
  const always = Number.NEGATIVE_INFINITY
  const holder =
    principal.kind === "agent"
      ? [`agent ${principal.agent}`]
      : "identity" in principal
        ? namesOfIdentity(principal.identity).map((name) => `identity ${name}`)
        : []
  return [
    ...(key === undefined ? [] : [[`key ${key}`, always] as const]),
    ...(id === undefined ? [] : [[`token ${id}`, always] as const]),
    ...holder.map((name) => [name, issuedAt] as const),
  ]
}

const revokedProblem = () =>
  new HttpProblem(
    401,
    "access/revoked",
    "This key or token has been revoked. Get a new one from whoever gave you this.",
  )
