import { type AuditTrail, type Identity, identityKey, type Millis } from "@tellonce/core"
import { createSubjectNames } from "../audit/audit-keys.ts"
import { followChain } from "../audit/follow-chain.ts"
import { HttpProblem } from "../http/http-problem.ts"
import { type Keys, keyList, type Principal } from "../principal.ts"
import { keyId } from "./key-ring.ts"

/** What is to open nothing any more, from now on. */
export type Revoked =
  /** One token, by its `jti`. */
  | { readonly token: string }
  /** Every token issued to this agent before now. To shut an agent out for good, take it from the registry. */
  | { readonly agent: string }
  /** Every token issued to this identity before now. */
  | { readonly identity: Identity }
  /** A key by itself or by its id, and every token it has signed. */
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

export const createRevocations = (options: {
  readonly trail: AuditTrail
  /** A key is kept by its id, and identities as names that only the secret ones can make. */
  readonly keys: Keys
  /** The identity as its tokens name it. */
  readonly canonical: (identity: Identity) => Identity
  readonly clock: () => Millis
}): Revocations => {
  const { trail, keys, canonical, clock } = options
  const subjects = createSubjectNames(keyList(keys.secret))
  const known = [...keyList(keys.publishable), ...keyList(keys.secret)]
  const since = new Map<string, Millis>()
  const listeners = new Set<() => void>()
  const followed = followChain({
    trail,
    chain,
    clock,
    take(records) {
      for (const { at, entry } of records) {
        const name = String(entry.revoked)
        since.set(name, Math.max(since.get(name) ?? 0, at))
      }
      for (const listener of listeners) listener()
    },
  })
  /** What is kept of it names nobody and opens nothing. */
  const nameOf = (revoked: Revoked): string => {
    if ("identity" in revoked) return `identity ${subjects.nameOf(identityKey(canonical(revoked.identity)))}`
    if ("key" in revoked) return `key ${known.includes(revoked.key) ? keyId(revoked.key) : revoked.key}`
    return "token" in revoked ? `token ${revoked.token}` : `agent ${revoked.agent}`
  }
  const isRevoked = (principal: Principal): boolean =>
    namesOf(principal, subjects.namesOf).some(([name, issuedAt]) => {
      const at = since.get(name)
      return at !== undefined && at >= issuedAt
    })

  return {
    refresh: followed.refresh,
    isRevoked,
    onRevoked: (listener) => void listeners.add(listener),
    async revoke(revoked) {
      await trail.note([{ chain, at: clock(), entry: { revoked: nameOf(revoked) } }])
      await followed.refresh()
    },
    async demandStanding(principal) {
      if (principal.credential === undefined) return
      await followed.catchUp()
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
