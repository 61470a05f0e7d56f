import { type ContextDefinition, type Identity, identityKey, type Millis, type Store } from "@tellonce/core"
import { v7 as uuid } from "uuid"
import { HttpProblem } from "../http/http-problem.ts"
import type { Keep } from "../ingest/keep.ts"
import { keepOne } from "../ingest/keep-one.ts"
import type { Principal } from "../principal.ts"
import type { IdentityRules } from "./identity-rules.ts"
import { toCanonicalIdentity } from "./to-canonical-identity.ts"
import { currentSides, type Ends, previewSides, type UnlinkSides } from "./unlink-sides.ts"

/** Two identities, and who says what of them. */
export interface LinkCall {
  readonly identity: Identity
  readonly to: Identity
  /** The system that reports it. */
  readonly source: string
  readonly principal: Principal
}

/** Joining identities into one customer, and parting them. Throws 409 `link/conflict`, `link/cap`, 404 `link/unknown` and 400 `identity/…`. */
export interface Links {
  link(call: LinkCall): Promise<void>
  /** Every write stays with the identity it was made to, so each side has what is its own. Answers what is on the sides now. */
  unlink(call: LinkCall): Promise<UnlinkSides>
  previewUnlink(ends: Pick<LinkCall, "identity" | "to">): Promise<UnlinkSides>
}

export const createLinks = (options: {
  readonly definition: ContextDefinition
  readonly store: Pick<Store, "read">
  readonly identities: IdentityRules
  readonly clock: () => Millis
  readonly keep: Keep
}): Links => {
  const { definition, store, identities: rules, clock, keep } = options
  const endsOf = ({ identity, to }: Pick<LinkCall, "identity" | "to">): Ends => ({
    definition,
    store,
    rules,
    identity: toCanonicalIdentity(rules, identity),
    to: toCanonicalIdentity(rules, to),
    now: clock(),
  })
  const state = async (call: LinkCall, event: object) => {
    const { identity, source, principal } = call
    const authority = principal.kind === "agent" ? "agent" : "record"
    const stamp = { id: uuid(), at: clock(), authority, channel: "identity", source }
    await keepOne(keep, { ...stamp, identity, event }, principal)
  }
  const previewUnlink: Links["previewUnlink"] = async (call) => {
    const ends = endsOf(call)
    const sides = identityKey(ends.identity) === identityKey(ends.to) ? undefined : await previewSides(ends)
    if (sides === undefined) throw notLinked()
    return sides
  }
  return {
    link: (call) => state(call, { name: "linked", to: call.to, proof: "verified" }),
    async unlink(call) {
      await previewUnlink(call)
      await state(call, { name: "unlinked", to: call.to })
      return currentSides(endsOf(call))
    },
    previewUnlink,
  }
}

const notLinked = () =>
  new HttpProblem(
    404,
    "link/unknown",
    "No proven link joins these two directly. Unlink the pair that was linked; the customer's context lists its links.",
  )
