import { type HouseEventName, type Identity, identityKey, isEvent, type Signal } from "@tellonce/core"
import type { Agent } from "./access/access-policy.ts"
import { type Action, agentActions } from "./access/action.ts"
import { type Purpose, service } from "./access/purpose.ts"
import { claimsAge } from "./access/standing.ts"
import { HttpProblem } from "./http/http-problem.ts"
import type { Principal } from "./principal.ts"

export type { Action } from "./access/action.ts"

const ownPage = ["write", "read", "ask", "consent", "issue_ticket"] as const

/** The one table of who may do what. What is not here is denied. An agent may do of its row what its entry lists. */
const table: Readonly<Record<Principal["kind"], ReadonlySet<Action>>> = {
  secret: new Set([...agentActions, "open_visitor", "issue_token", "revoke", "import", "backup"]),
  publishable: new Set(["open_visitor"]),
  visitor: new Set(ownPage),
  customer: new Set([...ownPage, "export", "erase"]),
  agent: new Set(agentActions),
}

export interface Verdict {
  readonly allowed: boolean
  /** Those of the fields in question with which it may be done; a field that is not here is withheld or not to be stated. */
  readonly fields: readonly string[]
}

/** May this caller do this with these fields for this purpose? An agent's read without a purpose finds no field. */
export const can = (
  principal: Principal,
  action: Action,
  fields: readonly string[] = [],
  purpose: Purpose = unstated,
): Verdict => {
  if (!table[principal.kind].has(action)) return denied
  if (principal.kind !== "agent") {
    // Purposes bind whoever names one; its own page and the company's backend need none.
    const isBound = purpose.name !== service && action !== "write"
    return { allowed: true, fields: isBound ? fields.filter((field) => isServed(field, purpose)) : fields }
  }
  const { scope } = principal
  if (!scope.actions.includes(action)) return denied
  const touched = fields.filter((field) =>
    action === "write" ? lists(scope.writes, field) : lists(scope.reads, field) && isFor(scope, field, purpose),
  )
  return { allowed: true, fields: touched }
}

const denied: Verdict = { allowed: false, fields: [] }
const unstated: Purpose = { name: service, serves: () => false, granted: true }

const lists = (listed: Agent["reads"], field: string): boolean => listed === "all" || listed.includes(field)

const isFor = ({ purposes }: Agent, field: string, purpose: Purpose): boolean =>
  purposes.includes(purpose.name) && isServed(field, purpose)

const isServed = (field: string, { serves, granted }: Purpose): boolean => granted && serves(field)

/** Throws 403 `access/denied` unless the caller may do this, and to this identity. */
export const demand = (principal: Principal, action: Action, identity?: Identity): void => {
  if (can(principal, action).allowed && (identity === undefined || reaches(principal, identity))) return
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

interface EventRule {
  /** What an agent must be registered for to report it. */
  readonly action: Action
  /** May a page report it of its own customer? The rest is for those who can know it: that two identities are one, what was told, promised, held. */
  readonly page: boolean
}

const eventRules: Readonly<Record<HouseEventName, EventRule>> = {
  message: { action: "write", page: true },
  asked: { action: "ask", page: true },
  offered: { action: "tell", page: true },
  accepted: { action: "write", page: true },
  tried: { action: "write", page: true },
  told: { action: "tell", page: false },
  promised: { action: "tell", page: false },
  opened: { action: "open_matter", page: true },
  closed: { action: "close_matter", page: false },
  linked: { action: "link", page: false },
  unlinked: { action: "unlink", page: false },
  held: { action: "hold", page: false },
  released: { action: "release", page: false },
  handed: { action: "hand_off", page: false },
  taken: { action: "take", page: false },
  declined: { action: "take", page: false },
}

const ruleOf = (name: string): EventRule =>
  Object.hasOwn(eventRules, name) ? eventRules[name as HouseEventName] : { action: "write", page: true }

/** May the caller say this, in this voice? A page speaks for the customer and repeats its bot; an agent speaks as an agent, of its own fields. */
export const maySay = (principal: Principal, signal: Signal): boolean => {
  const { authority, event } = signal
  if (principal.kind === "secret") return true
  if (principal.kind === "agent") return authority === "agent" && isWithinScope(principal, signal)
  if (authority !== "customer" && authority !== "bot" && authority !== "inferred") return false
  if (claimsAge(signal)) return false
  const isClaim = isEvent(event, "linked") && event.proof === "claimed"
  return isClaim || event === undefined || ruleOf(event.name).page
}

const isWithinScope = (principal: Principal, { facts = {}, cleared = [], event }: Signal): boolean => {
  const fields = [...Object.keys(facts), ...cleared]
  const mayState = fields.length === 0 || can(principal, "write", fields).fields.length === fields.length
  return mayState && (event === undefined || can(principal, ruleOf(event.name).action).allowed)
}
