import { compareText } from "./canonical.ts"
import { type Action, type Decision, decide } from "./decide.ts"
import { type Focused, type FocusOptions, focus } from "./focus.ts"
import type { HouseView, Link, Matter } from "./house-view.ts"
import type { Provenance, Told } from "./provenance.ts"
import type { FieldView } from "./read-field.ts"
import { type Correction, corrections, type ToldConflict, toldConflicts } from "./told-ledger.ts"
import { type AnyView, fieldsOf } from "./view.ts"

/** What whoever takes over must know, made without a model: the same view gives the same brief. Lists are newest or weightiest first. */
export interface Brief {
  readonly who: readonly Link[]
  /** What they want now. */
  readonly wants: readonly Focused[]
  readonly known: readonly BriefedFact[]
  readonly asked: HouseView["asked"]
  readonly told: HouseView["told"]
  readonly promised: HouseView["promised"]
  readonly tried: HouseView["tried"]
  readonly openMatters: readonly Matter[]
  /** Facts on which two authorities disagree. */
  readonly conflicts: readonly BriefedFact[]
  /** What two channels told them differently. */
  readonly toldConflicts: readonly ToldConflict[]
  /** What they were told and is no longer so: to be put right. */
  readonly corrections: readonly Correction[]
  /** What went against them: tries that failed, and the fields named as friction. */
  readonly friction: readonly string[]
  /** Fields whose value is fresh: asking again makes the customer repeat themselves. */
  readonly doNotAsk: readonly string[]
  readonly doNotDo: readonly ({ readonly action: string } & Decision)[]
  readonly nextStep: string | undefined
  /** Was known and has grown too old to serve. */
  readonly expired: readonly string[]
  readonly lastMessages: HouseView["messages"]
}

export type BriefedFact = {
  readonly field: string
  readonly value: unknown
  readonly state: Known["state"]
  /** What other authorities say, where they contradict. */
  readonly others?: readonly Told<unknown>[]
} & Provenance

export interface BriefOptions<Seen extends AnyView = AnyView> {
  /** The actions of the company; those that `decide` denies become do-not-dos. */
  readonly actions?: Readonly<Record<string, Action<Seen>>>
  /** Fields whose presence is friction, such as a frustration score. */
  readonly friction?: readonly string[]
  readonly focus?: FocusOptions
  readonly nextStep?: (seen: Seen) => string | undefined
}

const wanted = 3
const shownMessages = 5

export const brief = <Seen extends AnyView>(seen: Seen, options: BriefOptions<Seen> = {}): Brief => {
  const { $ } = seen
  const { actions = {}, friction = [] } = options
  const all = Object.entries(fieldsOf(seen))
  const known = all.flatMap(([field, read]) => (isKnown(read) ? [{ field, ...read }] : [])).sort(byRecency)
  return {
    who: $.links,
    wants: focus(seen, options.focus).slice(0, wanted),
    known,
    asked: $.asked,
    told: $.told,
    promised: $.promised,
    tried: $.tried,
    openMatters: $.matters.filter(({ state }) => state === "open"),
    conflicts: known.filter(({ state }) => state === "conflicting"),
    toldConflicts: toldConflicts(seen),
    corrections: corrections(seen),
    friction: [
      ...known.filter(({ field }) => friction.includes(field)).map(({ field }) => field),
      ...$.tried.filter(({ value }) => value.outcome === "failed").map(({ value }) => value.what),
    ],
    doNotAsk: known.filter(({ state }) => state === "fresh").map(({ field }) => field),
    doNotDo: Object.keys(actions).flatMap((action) => {
      const decision = decide(actions, action, seen)
      return decision.allowed ? [] : [{ action, ...decision }]
    }),
    nextStep: options.nextStep?.(seen),
    expired: all.filter(([, { state }]) => state === "expired").map(([field]) => field),
    lastMessages: $.messages.slice(0, shownMessages),
  }
}

type Known = Extract<FieldView, { state: "fresh" | "stale" | "conflicting" }>

const isKnown = (field: FieldView): field is Known => field.value !== undefined

const byRecency = (a: BriefedFact, b: BriefedFact): number => b.at - a.at || compareText(a.field, b.field)
