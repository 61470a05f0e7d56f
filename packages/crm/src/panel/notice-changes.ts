import { type BriefedFact, canonical, type Millis } from "@tellonce/core"

/** What was shown of each field, and since when; in the order in which it was shown. */
export type Noticed = ReadonlyMap<string, { readonly content: string; readonly since: Millis }>

/** What is there at the first look is not news; what comes or changes later is news from `now`. */
export const noticeChanges = (before: Noticed | undefined, known: readonly BriefedFact[], now: Millis): Noticed =>
  new Map(
    known.map(({ field, value, state }) => {
      const content = `${state === "conflicting"} ${canonical(value)}`
      const seen = before?.get(field)
      if (seen?.content === content) return [field, seen]
      return [field, { content, since: before ? now : Number.NEGATIVE_INFINITY }]
    }),
  )

/** The fields that were news at most `within` milliseconds ago. */
export const newsWithin = (noticed: Noticed, now: Millis, within: Millis): ReadonlySet<string> =>
  new Set([...noticed].filter(([, { since }]) => now - since <= within).map(([field]) => field))
