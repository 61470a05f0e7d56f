import { type HouseEventName, type Identity, identityKey, isEvent, type Signal } from "@tellonce/core"
import { HttpProblem } from "./http.ts"
import type { Principal } from "./principal.ts"

export type Action = "open_visitor" | "write" | "read" | "ask" | "issue_token"

/** The one table of who may do what. What is not here is denied. */
const table: Readonly<Record<Principal["kind"], ReadonlySet<Action>>> = {
  secret: new Set(["open_visitor", "write", "read", "ask", "issue_token"]),
  publishable: new Set(["open_visitor"]),
  visitor: new Set(["write", "read", "ask"]),
  customer: new Set(["write", "read", "ask"]),
  agent: new Set(["write", "read", "ask"]),
}

/** Throws 403 `access/denied` unless the caller may do this, and to this identity. */
export const demand = (principal: Principal, action: Action, identity?: Identity): void => {
  if (table[principal.kind].has(action) && (identity === undefined || reaches(principal, identity))) return
  throw new HttpProblem(
    403,
    "access/denied",
    "This key or token does not allow that. See the keys table in the service's README.",
  )
}

/** A page's token reaches its own identity alone; a customer's others are found by the service, never named by the page. */
const reaches = (principal: Principal, identity: Identity): boolean =>
  principal.kind === "visitor" || principal.kind === "customer"
    ? identityKey(principal.identity) === identityKey(identity)
    : true

/** What a page may report of its own customer. The rest is for those who can know it: that two identities are one, what was told, promised, held. */
const pageMaySay: Readonly<Record<HouseEventName, boolean>> = {
  message: true,
  asked: true,
  offered: true,
  accepted: true,
  tried: true,
  opened: true,
  closed: false,
  told: false,
  promised: false,
  linked: false,
  unlinked: false,
  held: false,
  released: false,
  handed: false,
  taken: false,
  declined: false,
}

/** May the caller say this, in this voice? A page speaks for the customer and repeats its bot; an agent speaks as an agent. */
export const maySay = (principal: Principal, { authority, event }: Signal): boolean => {
  if (principal.kind === "secret") return true
  if (principal.kind === "agent") return authority === "agent"
  if (authority !== "customer" && authority !== "bot" && authority !== "inferred") return false
  const isClaim = isEvent(event, "linked") && event.proof === "claimed"
  const isOwn = event === undefined || !Object.hasOwn(pageMaySay, event.name)
  return isOwn || isClaim || pageMaySay[event.name as HouseEventName]
}
