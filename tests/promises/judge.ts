import { type FigureName, type Figures, type Limit, limits } from "./limits.ts"

/** `shown`: there is no bound, or the run was too short for one. */
export type Outcome = "holds" | "fails" | "shown" | "too short to judge"

export interface Verdict {
  readonly promise: string
  readonly what: string
  readonly figure: number
  readonly unit: string
  readonly limit: string
  readonly outcome: Outcome
}

/** A slope of memory over less than this says more of the garbage collector than of the service. */
const shortestSoak = 20

/** One verdict for each figure. */
export const judge = (figures: Figures): readonly Verdict[] =>
  (Object.keys(figures) as FigureName[]).map((name) => {
    const limit: Limit = limits[name]
    const figure = figures[name] ?? Number.NaN
    const isShort = name === "soakSlope" && !((figures.soakMinutes ?? 0) >= shortestSoak)
    return {
      promise: limit.promise,
      what: limit.what,
      figure,
      unit: limit.unit,
      limit: boundOf(limit),
      outcome: isShort ? "too short to judge" : outcomeOf(limit, figure),
    }
  })

/** Written so that NaN fails. */
const outcomeOf = ({ atMost, atLeast }: Limit, figure: number): Outcome => {
  if (atMost === undefined && atLeast === undefined) return "shown"
  const holds = (atMost === undefined || figure <= atMost) && (atLeast === undefined || figure >= atLeast)
  return holds ? "holds" : "fails"
}

const boundOf = ({ atMost, atLeast }: Limit): string => {
  if (atMost === 0) return "none"
  if (atMost !== undefined) return `≤ ${atMost}`
  return atLeast === undefined ? "" : `≥ ${atLeast}`
}
