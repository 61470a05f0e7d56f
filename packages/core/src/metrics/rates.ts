import { conflictingInformation } from "./conflicting-information.ts"
import { groupBy } from "./group-by.ts"
import type { History } from "./history.ts"
import { hitches } from "./hitches.ts"
import { type Case, type Rate, toRate } from "./rate.ts"
import { recontacts } from "./recontacts.ts"
import { type RepeatedQuestionsOptions, repeatedQuestions } from "./repeated-questions.ts"
import { silence } from "./silence.ts"

export interface Rates {
  readonly repeatedQuestions: Rate
  readonly recontacts: Rate
  readonly conflictingInformation: Rate
  readonly hitches: Rate
  readonly silence: Rate
}

/** A case and the rate it belongs to, so that all of them are split by channel or agent in one pass. */
export type RatedCase = Case & { readonly of: keyof Rates }

export const ratedCases = (
  history: History,
  { contactGap, reads }: RepeatedQuestionsOptions & { readonly contactGap: number },
): readonly RatedCase[] => {
  const disturbances = [
    ...rated("repeatedQuestions", repeatedQuestions(history, { reads })),
    ...rated("conflictingInformation", conflictingInformation(history)),
    ...rated("hitches", hitches(history)),
  ]
  return [
    ...disturbances,
    ...rated("recontacts", recontacts(history, contactGap)),
    ...rated("silence", silence(history, { disturbances, contactGap })),
  ]
}

const rated = (of: keyof Rates, cases: readonly Case[]): readonly RatedCase[] => cases.map((each) => ({ ...each, of }))

export const toRates = (cases: readonly RatedCase[]): Rates => {
  const groups = groupBy(cases, ({ of }) => [of])
  const rate = (of: keyof Rates) => toRate(groups.get(of) ?? [])
  return {
    repeatedQuestions: rate("repeatedQuestions"),
    recontacts: rate("recontacts"),
    conflictingInformation: rate("conflictingInformation"),
    hitches: rate("hitches"),
    silence: rate("silence"),
  }
}
