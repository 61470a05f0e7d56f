import { type Duration, parseDuration } from "./duration.ts"
import type { Entry } from "./entry.ts"
import { type Refusal, refuse } from "./errors.ts"
import type { Identity } from "./identity.ts"
import { isEmpty, isJson } from "./json.ts"
import type { Authority, Millis, Stamp } from "./stamp.ts"
import type { StandardSchema } from "./standard-schema.ts"

/** How a field's entries are kept and read. The join is not a rule's to change, so no rule can break convergence. */
export interface Rule {
  /** Of entries with one key only the newest is kept. Must follow from its arguments alone. */
  readonly key: (value: unknown, stamp: Stamp) => string
  /** How many keys are kept, the newest first: this bounds the memory of the field. */
  readonly keep: number
  /** What the kept entries say at `now`; `entries` are newest first and none has expired. Undefined when they say nothing. */
  readonly read: (entries: readonly Entry[], reading: Reading) => Said | undefined
  /** The values one fact holds, each to become an entry; `by` is whose signal it is. Without it a fact is one value. */
  readonly items?: (fact: unknown, by: Identity) => readonly Item[]
  /** The fact that holds these items; without it, one item is its value and several are the list of them. */
  readonly fact?: (items: readonly Item[]) => unknown
}

export interface Reading {
  readonly now: Millis
  readonly matter?: string | undefined
  readonly field: FieldPolicy
}

/** A reading: the value, the entry that gives it its age and source, and the entries of others that contradict it. */
export interface Said {
  readonly value: unknown
  readonly entry: Entry
  readonly others?: readonly Entry[]
}

export interface Item {
  readonly value?: unknown
  readonly cleared?: true
}

/** What a user declares about a field besides its schema and rule. */
export interface FieldOptions {
  /** `person` (default): true of the customer whatever they are dealing with. `matter`: belongs to one matter. */
  readonly scope?: "person" | "matter"
  /** May another matter use it? `always` (default of `person`), `confirm` first (default of `matter`), or `never`. */
  readonly reuse?: "always" | "confirm" | "never"
  /** Older than this, a value is `stale`: still shown, to be confirmed. Without it a value stays fresh. */
  readonly freshFor?: Duration
  /** Older than this, a value is `expired`: no longer served. Without it a value is kept. */
  readonly keepFor?: Duration
  /** The question that fetches it. */
  readonly ask?: string
  /** Who is believed before whom, while both are fresh. What it does not settle is a conflict. */
  readonly authority?: readonly Authority[]
}

export interface FieldPolicy {
  readonly scope: "person" | "matter"
  readonly reuse: "always" | "confirm" | "never"
  readonly freshFor: Millis
  readonly keepFor: Millis
  readonly ask: string | undefined
  readonly authority: readonly Authority[]
}

/** A declared field. `Fact` is what a statement may give it, `Value` what a view reads from it. */
export interface Field<Fact, Value> extends FieldPolicy {
  readonly rule: Rule
  readonly schema: StandardSchema | undefined
  /** Carries the types; absent at run time. */
  readonly types?: { readonly fact: Fact; readonly value: Value } | undefined
}

export type AnyField = Field<unknown, unknown>

export const createField = <Fact, Value>(
  rule: Rule,
  schema: StandardSchema | undefined,
  options: FieldOptions = {},
): Field<Fact, Value> => {
  const scope = options.scope ?? "person"
  return {
    rule,
    schema,
    scope,
    reuse: options.reuse ?? (scope === "person" ? "always" : "confirm"),
    freshFor: spanOf(options.freshFor),
    keepFor: spanOf(options.keepFor),
    ask: options.ask,
    authority: options.authority ?? [],
  }
}

const spanOf = (duration: Duration | undefined): Millis =>
  duration === undefined ? Number.POSITIVE_INFINITY : parseDuration(duration)

/** The fact with every value as the field's schema gives it, or why it is refused. */
export const admitFact = (
  name: string,
  field: AnyField,
  fact: unknown,
  by: Identity,
): { ok: true; fact: unknown } | Refusal => {
  if (isEmpty(fact)) {
    return refuse("fact/empty", `"${name}" is empty. Leave it out, or name it in "cleared".`)
  }
  const items: Item[] = []
  for (const item of field.rule.items?.(fact, by) ?? [{ value: fact }]) {
    const checked = field.schema ? field.schema["~standard"].validate(item.value) : { value: item.value }
    if (checked instanceof Promise) {
      return refuse("fact/async_schema", `The schema of "${name}" must answer at once.`)
    }
    if (checked.issues) {
      const why = checked.issues[0]?.message ?? "refused"
      return refuse("fact/wrong_type", `"${name}" is not what its schema declares: ${why}.`)
    }
    if (isEmpty(checked.value) || !isJson(checked.value)) {
      return refuse("fact/not_json", `"${name}" must be plain, non-empty JSON.`)
    }
    items.push({ ...item, value: checked.value })
  }
  return { ok: true, fact: (field.rule.fact ?? factOf)(items) }
}

const factOf = (items: readonly Item[]): unknown =>
  items.length === 1 ? items[0]?.value : items.map(({ value }) => value)
