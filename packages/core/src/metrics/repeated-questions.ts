import { ask } from "../ask.ts"
import { isEvent } from "../house-fields.ts"
import type { Signal } from "../signal.ts"
import type { HeardSignal } from "./heard-signal.ts"
import type { History } from "./history.ts"
import type { Case } from "./rate.ts"
import { createReplay, type Replay } from "./replay.ts"
import { agentOf } from "./thread.ts"

export interface RepeatedQuestionsOptions {
  /** The fields the asker may read: what is withheld from them is no repetition. All, unless told. */
  readonly reads?: ((asked: Signal) => ReadonlySet<string> | undefined) | undefined
}

/**
 * Asks for a field that was fresh, readable and reusable for that asker ÷ all asks. A case is one field of one `asked` event; it counts
 * when the ask guard, knowing what was said before that moment and by the links that stood then, would have answered `skip`.
 */
export const repeatedQuestions = (history: History, { reads }: RepeatedQuestionsOptions = {}): readonly Case[] => {
  const replay = createReplay(history.definition)
  return history.signals.flatMap((signal) => {
    const cases = casesOf(signal, history, replay, reads?.(signal))
    replay.hear(signal)
    return cases
  })
}

const casesOf = (
  signal: HeardSignal,
  { definition, threads }: History,
  replay: Replay,
  reads: ReadonlySet<string> | undefined,
): readonly Case[] => {
  if (!isEvent(signal.event, "asked")) return []
  const { key, at: now, matter, thread, channel } = signal
  const asked = [...new Set(signal.event.fields)]
  const guarded = asked.filter((field) => Object.hasOwn(definition.fields, field) && reads?.has(field) !== false)
  const answers = new Map(
    guarded.length === 0 ? [] : Object.entries(ask(replay.context(key), guarded, { now, matter })),
  )
  return asked.map((field) => ({
    count: answers.get(field)?.answer === "skip" ? 1 : 0,
    thread,
    channels: [channel],
    agents: agentOf(signal),
    owners: threads.get(thread)?.owners ?? [],
  }))
}
