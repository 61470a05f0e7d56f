import { type AnyView, fieldsOf } from "./view.ts"

/** How much each field matters for a purpose; any positive numbers. */
export type Weights<Name extends string = string> = Readonly<Record<Name, number>>

export interface Readiness {
  /** 0 to 1: the share of the weight that is known. Stale and conflicting values count half. */
  readonly score: number
  /** From 0.8 on it is good enough to act: waiting for the rest costs more than it brings. */
  readonly actionable: boolean
  /** What would raise the score most, first. */
  readonly missing: readonly string[]
}

const enough = 0.8

/** Is enough known to act? */
export const readiness = <V extends AnyView, Name extends Exclude<keyof V, "$"> & string>(
  seen: V,
  weights: Weights<Name>,
): Readiness => {
  const fields = fieldsOf(seen)
  const known = (name: string): number => {
    const state = fields[name]?.state
    return state === "fresh" ? 1 : state === "stale" || state === "conflicting" ? 0.5 : 0
  }
  const wanted = Object.entries<number>(weights)
  const whole = wanted.reduce((sum, [, weight]) => sum + weight, 0)
  const score = whole === 0 ? 1 : wanted.reduce((sum, [name, weight]) => sum + weight * known(name), 0) / whole
  const lacking = wanted
    .map(([name, weight]) => ({ name, lack: weight * (1 - known(name)) }))
    .filter(({ lack }) => lack > 0)
  // The tolerance is for sums such as 0.1 + 0.7, which are a hair below what they say.
  return {
    score,
    actionable: score >= enough - 1e-9,
    missing: lacking.sort((a, b) => b.lack - a.lack).map(({ name }) => name),
  }
}
