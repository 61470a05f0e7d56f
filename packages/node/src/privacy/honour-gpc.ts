import { createHash } from "node:crypto"
import { type Consent, type Identity, identityKey, type Millis, type Store } from "@tellonce/core"
import type { Incoming } from "../http/incoming.ts"
import type { Keep } from "../ingest/keep.ts"
import type { Principal } from "../principal.ts"
import type { FindCustomer } from "../read-customer.ts"
import { choicesIn } from "./consent-field.ts"
import { logOf } from "./log-of.ts"

/** Global Privacy Control: exactly `1`, in whichever of several headers. Any other value says nothing. */
export const asksForPrivacy = (headers: Incoming["headers"]): boolean =>
  (headers.get("sec-gpc") ?? "").split(",").some((value) => value.trim() === "1")

export interface HonourGpc {
  /** Denied for whoever's browser asks for privacy. */
  readonly denied: readonly string[]
  /** The consent field. */
  readonly field: string
  readonly customer: FindCustomer
  readonly store: Store
  readonly clock: () => Millis
}

const source = "gpc"

/** Beyond this the process forgets whose wish it has recorded; recording it again changes nothing. */
const mostRemembered = 10_000

/**
 * Records the wish as the customer's denial before the request that carries it is looked at, once. What they choose by name afterwards
 * counts, as the newer choice; a wish to be left alone is not repeated against it.
 */
export const createGpc = ({ denied, field, customer, store, clock }: HonourGpc) => {
  const recorded = new Set<string>()
  const id = `gpc-${createHash("sha256").update(denied.join("\n")).digest("hex").slice(0, 16)}`
  const choices = Object.fromEntries(denied.map((purpose): [string, Consent] => [purpose, "denied"]))
  /** What they granted since is not to be denied again, though the wish is known as a duplicate for 35 days alone: its proof stays in the log. */
  const wasRecorded = async (identity: Identity): Promise<boolean> => {
    const chosen = choicesIn((await customer(identity, true)).context, clock())
    if (!denied.some((purpose) => chosen[purpose] === "granted")) return false
    for await (const { signal } of logOf(store, [identityKey(identity)])) {
      if (signal.id === id && signal.source === source) return true
    }
    return false
  }
  return {
    async record(identity: Identity, principal: Principal, keep: Keep): Promise<void> {
      const key = identityKey(identity)
      if (recorded.has(key)) return
      const stamp = { id, at: clock(), identity, authority: "customer", channel: "gpc", source }
      if (!(await wasRecorded(identity))) {
        const [result] = await keep([{ ...stamp, facts: { [field]: choices } }], principal)
        if (result?.status === "rejected") return
      }
      if (recorded.size >= mostRemembered) recorded.clear()
      recorded.add(key)
    },
    /** After an erasure somebody may come back and mean it anew. */
    forget: (): void => recorded.clear(),
  }
}
