import type { Duration } from "../duration.ts"
import { isEvent } from "../house-fields.ts"
import type { Signal } from "../signal.ts"
import { createCrossings, parseLine } from "./crossings.ts"
import { createPhraseFinder } from "./phrases.ts"
import { defineTell, type Facts, type Tell, type TellOptions } from "./tell.ts"
import { wordOf } from "./word-of.ts"

export interface CancelIntentOptions<Stated extends Facts> extends TellOptions<Stated> {
  /** Words of a customer's message that state it, matched whole and in any case; `cancelPhrases` unless told. */
  readonly phrases?: readonly string[]
  /** A message that holds one of these states nothing; `keepPhrases` unless told. */
  readonly unless?: readonly string[]
  /** Pages that state it by being visited, as whole segments anywhere in the path; `["/cancel"]` unless told. */
  readonly paths?: readonly string[]
  /** Said or visited again within this time of the last, it is the same intent; `"1d"` unless told. */
  readonly within?: Duration
}

/** What cancelling sounds like in English. */
export const cancelPhrases: readonly string[] = [
  ...["cancel my", "cancel our", "cancel the", "cancel this", "cancel that", "cancel it", "cancel everything"],
  ...["want to cancel", "like to cancel", "need to cancel", "have to cancel", "wish to cancel", "please cancel"],
  ...["close my account", "delete my account", "end my subscription", "stop my subscription", "terminate my contract"],
]

/** And what keeping does, though the word is in it. */
export const keepPhrases: readonly string[] = [
  ...["not", "don't", "dont", "never", "didn't", "did not"].flatMap((no) => [`${no} cancel`, `${no} want to cancel`]),
  ...["not like to cancel", "not need to cancel", "not have to cancel", "don't need to cancel", "don't have to cancel"],
]

/** A customer's message that holds one of the phrases, or a `page` event with such a `data.path`; per matter. Found: phrases, or path. */
export const cancelIntent = <const Stated extends Facts>({
  name = "cancel-intent",
  fact,
  phrases = cancelPhrases,
  unless = keepPhrases,
  paths = ["/cancel"],
  within = "1d",
}: CancelIntentOptions<Stated>): Tell<Stated> => {
  const line = parseLine(1, within)
  const stated = createPhraseFinder(phrases)
  const denied = createPhraseFinder(unless)
  const find = (signal: Signal): readonly string[] => {
    const { event, authority } = signal
    if (authority === "customer" && isEvent(event, "message")) {
      const text = `${event.subject ?? ""}\n${event.text}`
      return denied(text).length > 0 ? [] : stated(text)
    }
    const path = wordOf(signal, "page", "path")
    return path === undefined ? [] : paths.filter((each) => leadsThrough(path, each))
  }
  return defineTell({
    name,
    fact,
    lookback: line.within,
    find: (signals) => {
      const crosses = createCrossings(line)
      return signals.flatMap((signal) => {
        const found = find(signal)
        return found.length > 0 && crosses(signal.matter ?? "", signal.at) ? [{ signal, found }] : []
      })
    },
  })
}

/** `/account/cancel/why?x` leads through `/cancel`; `/cancellation-policy` does not. */
const leadsThrough = (path: string, part: string): boolean => `${path.replace(/[?#].*$/s, "")}/`.includes(`${part}/`)
