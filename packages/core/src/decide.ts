import type { Hold } from "./house-view.ts"
import type { Millis } from "./stamp.ts"
import type { AnyView } from "./view.ts"

/** An action somebody may want to take, and what stands against it. */
export interface Action<Seen extends AnyView = AnyView> {
  /** When the context cannot be reached: `open` allows it, `closed` denies it. */
  readonly fails: "open" | "closed"
  readonly policies?: readonly Policy<Seen>[]
}

/** A pure function of a view: why not, or undefined when there is nothing against it. */
export type Policy<Seen extends AnyView = AnyView> = (seen: Seen) => Objection | undefined

export interface Objection {
  readonly reason: string
  /** When it ends by itself. */
  readonly until?: Millis | undefined
  /** What would end it sooner, in words. */
  readonly change: string
}

export interface Decision {
  readonly allowed: boolean
  /** All that stands against it: holds first, then policies as declared. */
  readonly objections: readonly (Objection & {
    readonly by: "hold" | "policy" | "unreachable" | "undeclared"
    readonly owner?: string
  })[]
  /** From when it would be allowed if nothing else changes; undefined when it is allowed now or nobody can say. */
  readonly until: Millis | undefined
}

/** Declares the actions of a company once, typed by its view. */
export const defineActions = <Seen extends AnyView, Name extends string>(
  actions: Readonly<Record<Name, Action<Seen>>>,
): Readonly<Record<Name, Action<Seen>>> => actions

/** May it be done now? A view of undefined means that the context could not be reached. What is not declared is denied. */
export const decide = <Seen extends AnyView, Name extends string>(
  actions: Readonly<Record<Name, Action<Seen>>>,
  name: Name,
  seen: Seen | undefined,
): Decision => {
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (action === undefined)
    return denied([{ by: "undeclared", reason: `No action is declared as "${name}".`, change: "Declare it." }])
  if (seen === undefined) {
    return action.fails === "open"
      ? allowed
      : denied([
          {
            by: "unreachable",
            reason: "The context cannot be reached, and this action waits for it.",
            change: "Try again.",
          },
        ])
  }
  const holds = seen.$.holds.filter((hold) => hold.action === name || hold.action === "*").map(toObjection)
  const objections = (action.policies ?? [])
    .flatMap((policy) => policy(seen) ?? [])
    .map((objection) => ({ by: "policy" as const, ...objection }))
  return holds.length + objections.length === 0 ? allowed : denied([...holds, ...objections])
}

const allowed: Decision = { allowed: true, objections: [], until: undefined }

const denied = (objections: Decision["objections"]): Decision => {
  const ends = objections.map(({ until }) => until ?? Number.POSITIVE_INFINITY)
  const until = Math.max(...ends)
  return { allowed: false, objections, until: Number.isFinite(until) ? until : undefined }
}

const toObjection = ({ reason, until, owner, hold }: Hold): Decision["objections"][number] => ({
  by: "hold",
  reason,
  until,
  owner,
  change: `${owner} releases the hold "${hold}".`,
})
