import type { Action } from "./action.ts"

/** A registered actor: without its entry no token names it. What the entry does not list, it may not do. */
export interface Agent {
  /** As its tokens and its statements' `speaker` name it. */
  readonly id: string
  readonly kind: "human" | "bot" | "ai" | "automation"
  /** Who answers for it. */
  readonly owner: string
  /** Where it works: `phone`, `crm`, … */
  readonly channel: string
  /** Fields it may read. The house's are named `$messages`, `$links`, …; `$events` are the events that are in the log alone. */
  readonly reads: "all" | readonly string[]
  /** Fields it may state or clear. */
  readonly writes: "all" | readonly string[]
  readonly actions: readonly Action[]
  /** What for: a read names its purpose, `service` unless told. */
  readonly purposes: readonly string[]
}

export interface AccessPolicy {
  /** None unless told: then nobody can get an agent's token. */
  readonly agents?: readonly Agent[]
  /** Per field, what it may serve. A field that is not named serves `service`, which needs no consent; every other purpose needs the customer's. */
  readonly purposes?: Readonly<Record<string, readonly string[]>>
}
