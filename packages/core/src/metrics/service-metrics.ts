import { compareText } from "../canonical.ts"
import type { ContextDefinition, Fields } from "../define-context.ts"
import { type Duration, parseDuration } from "../duration.ts"
import type { LoggedSignal } from "../ports.ts"
import { contacts } from "./contacts.ts"
import { groupBy } from "./group-by.ts"
import { toHistory } from "./history.ts"
import { type InformationLag, informationLag } from "./information-lag.ts"
import { type Rates, ratedCases, toRates } from "./rates.ts"
import { type LoopSignals, type ReinforcingLoop, reinforcingLoop } from "./reinforcing-loop.ts"
import type { RepeatedQuestionsOptions } from "./repeated-questions.ts"

export interface MetricsOptions extends RepeatedQuestionsOptions {
  /** Of the windows the reinforcing loop is sought in; a day unless told. */
  readonly windowLength?: Duration
  /** Messages of a customer less than this apart are one contact. Unless told, each message is one; for live chat, give `"30m"`. */
  readonly contactGap?: Duration
}

export interface Flow {
  readonly informationLag: InformationLag
  readonly reinforcingLoop: ReinforcingLoop
}

/** Plain JSON. Names are sorted. */
export interface ServiceMetrics {
  readonly overall: Rates & Flow
  readonly channels: readonly ({ readonly channel: string } & Rates & Flow)[]
  readonly agents: readonly ({ readonly agent: string } & Rates)[]
  /** By owner of holds, over the matters their holds were placed in. */
  readonly owners: readonly ({ readonly owner: string } & Rates)[]
}

/** Every metric of a log: what customers feel of it. The same signals in any order, and any of them twice, give the same metrics. */
export const serviceMetrics = <F extends Fields>(
  log: readonly LoggedSignal[],
  definition: ContextDefinition<F>,
  { windowLength = "1d", contactGap = 0, reads }: MetricsOptions = {},
): ServiceMetrics => {
  const history = toHistory(log, definition)
  const gap = parseDuration(contactGap)
  const cases = ratedCases(history, { contactGap: gap, reads })
  const begun = [...history.threads.values()].flatMap((thread) => contacts(thread, gap))
  const flow = ({ signals, contacts }: LoopSignals): Flow => ({
    informationLag: informationLag(signals),
    reinforcingLoop: reinforcingLoop({ signals, contacts }, parseDuration(windowLength)),
  })
  const casesIn = groupBy(cases, ({ channels }) => channels)
  const begunIn = groupBy(begun, ({ channel }) => [channel])
  const heardIn = byName(groupBy(history.signals, ({ channel }) => [channel]))
  return {
    overall: { ...toRates(cases), ...flow({ signals: history.signals, contacts: begun }) },
    channels: heardIn.map(([channel, signals]) => ({
      channel,
      ...toRates(casesIn.get(channel) ?? []),
      ...flow({ signals, contacts: begunIn.get(channel) ?? [] }),
    })),
    agents: byName(groupBy(cases, ({ agents }) => agents)).map(([agent, own]) => ({ agent, ...toRates(own) })),
    owners: byName(groupBy(cases, ({ owners }) => owners)).map(([owner, own]) => ({ owner, ...toRates(own) })),
  }
}

const byName = <Item>(groups: ReadonlyMap<string, readonly Item[]>) => [...groups].sort(([a], [b]) => compareText(a, b))
