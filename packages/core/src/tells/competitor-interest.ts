import type { Duration } from "../duration.ts"
import { isEvent } from "../house-fields.ts"
import type { Signal } from "../signal.ts"
import { createCrossings, parseLine } from "./crossings.ts"
import { createPhraseFinder } from "./phrases.ts"
import { defineTell, type Facts, type Tell, type TellOptions } from "./tell.ts"
import { wordOf } from "./word-of.ts"

export interface CompetitorInterestOptions<Stated extends Facts> extends TellOptions<Stated> {
  /** Names of competitors, found as whole words in any case. */
  readonly names: readonly string[]
  /** Named again within this time of the last, it is the same interest; `"1d"` unless told. */
  readonly within?: Duration
}

/**
 * A competitor named in a customer's message, in a `page` event's `data.title` or `data.path`, or in a `search` event's `data.query`.
 * Found: the names as configured, without those the same interest has named before.
 */
export const competitorInterest = <const Stated extends Facts>({
  name = "competitor-interest",
  fact,
  names,
  within = "1d",
}: CompetitorInterestOptions<Stated>): Tell<Stated> => {
  const line = parseLine(1, within)
  const named = createPhraseFinder([...new Set(names)])
  return defineTell({
    name,
    fact,
    lookback: line.within,
    find: (signals) => {
      const crosses = createCrossings(line)
      return signals.flatMap((signal) => {
        const found = named(textOf(signal)).filter((each) => crosses(each, signal.at))
        return found.length > 0 ? [{ signal, found }] : []
      })
    },
  })
}

const textOf = (signal: Signal): string => {
  const { event, authority } = signal
  if (isEvent(event, "message")) return authority === "customer" ? `${event.subject ?? ""}\n${event.text}` : ""
  const words = [wordOf(signal, "page", "title"), wordOf(signal, "page", "path"), wordOf(signal, "search", "query")]
  return words.filter(Boolean).join("\n")
}
