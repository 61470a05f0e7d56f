import { compareText } from "../canonical.ts"
import { isEvent } from "../house-fields.ts"
import { identityKey } from "../identity.ts"
import type { Millis } from "../stamp.ts"
import { groupBy } from "./group-by.ts"
import type { HeardSignal } from "./heard-signal.ts"

/** Milliseconds from what happened to what was known, by nearest rank; undefined where nothing was heard. */
export interface Lag {
  readonly signals: number
  readonly p50: Millis | undefined
  readonly p95: Millis | undefined
  readonly p99: Millis | undefined
}

export interface InformationLag extends Lag {
  /** By source, then channel. */
  readonly routes: readonly ({ readonly source: string; readonly channel: string } & Lag)[]
}

/** When the service kept a signal − when it happened; never negative, as nothing is known before it happens. */
export const informationLag = (signals: readonly HeardSignal[]): InformationLag => {
  const heard = withoutEchoes(signals)
  const routes = groupBy(heard, ({ source, channel }) => [JSON.stringify([source, channel])])
  return {
    ...toLag(heard),
    routes: [...routes]
      .sort(([a], [b]) => compareText(a, b))
      .map(([route, group]) => {
        const [source, channel] = JSON.parse(route) as [string, string]
        return { source, channel, ...toLag(group) }
      }),
  }
}

export const toLag = (signals: readonly HeardSignal[]): Lag => {
  const lags = signals.map(({ at, received }) => Math.max(0, received - at)).sort((a, b) => a - b)
  // Whole percents, multiplied first: 0.95 · n would round a whole rank up.
  const rank = (percent: number) => lags[Math.ceil((percent * lags.length) / 100) - 1]
  return { signals: lags.length, p50: rank(50), p95: rank(95), p99: rank(99) }
}

/** A link is kept by both its ends, and was heard once. */
const withoutEchoes = (signals: readonly HeardSignal[]): readonly HeardSignal[] => {
  const heard = new Set<string>()
  return signals.filter(({ key, event, source, id }) => {
    if (!isEvent(event, "linked", "unlinked")) return true
    const link = JSON.stringify([source, id, ...[key, identityKey(event.to)].sort(compareText)])
    return !heard.has(link) && heard.add(link)
  })
}
