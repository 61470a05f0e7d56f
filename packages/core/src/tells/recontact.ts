import { type Duration, parseDuration } from "../duration.ts"
import { isEvent } from "../house-fields.ts"
import { isAnswer } from "../metrics/contacts.ts"
import type { Millis } from "../stamp.ts"
import { defineTell, type Facts, type Tell, type TellOptions } from "./tell.ts"

export interface RecontactOptions<Stated extends Facts> extends TellOptions<Stated> {
  /** After the answer; `"7d"` unless told. */
  readonly within?: Duration
  /** A message less than this after the customer's one before goes on with the same contact. Unless told, each is one; for live chat, `"30m"`. */
  readonly contactGap?: Duration
}

/**
 * A customer writes again in a matter within the time after an answer in it: once per answer. Found: the matter. Since the first message
 * may be old, it needs the whole log of the matter.
 */
export const recontact = <const Stated extends Facts>({
  name = "recontact",
  fact,
  within = "7d",
  contactGap = 0,
}: RecontactOptions<Stated>): Tell<Stated> => {
  const time = parseDuration(within)
  const gap = parseDuration(contactGap)
  return defineTell({
    name,
    fact,
    lookback: Number.POSITIVE_INFINITY,
    find: (signals) => {
      const matters = new Map<string, { readonly wrote: Millis; readonly answered?: Millis }>()
      return signals.flatMap((signal) => {
        const { at, matter, authority, event } = signal
        if (matter === undefined) return []
        const before = matters.get(matter)
        if (before && isAnswer(signal)) matters.set(matter, { ...before, answered: at })
        if (authority !== "customer" || !isEvent(event, "message")) return []
        const { wrote = at, answered } = before ?? {}
        const isAgain = answered !== undefined && at - answered <= time && at - wrote >= gap
        matters.set(matter, isAgain || answered === undefined ? { wrote: at } : { wrote: at, answered })
        return isAgain ? [{ signal, found: [matter] }] : []
      })
    },
  })
}
