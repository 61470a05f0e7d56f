import type { Slot } from "./define-replay-context.ts"
import { blocksOf, type Dialogue, stateService, type Turn } from "./dialogue.ts"
import { findQuestions, type Question } from "./find-questions.ts"
import { heardFrom, readSlot } from "./read-slot.ts"
import type { ReplayService } from "./replay-service.ts"
import { addTally, emptyTally, scoreAnswer, scoreState, type Tally } from "./score.ts"
import { customerOf, type SignalOptions, toSignals } from "./to-signals.ts"

export interface ReplayOptions extends SignalOptions {
  readonly service: ReplayService
  /** Every slot of the file: what a state could hold. */
  readonly slots: readonly Slot[]
}

/** Lives one dialogue through, turn by turn, and counts what the service spared the customer and what it understood. */
export const replayDialogue = async (dialogue: Dialogue, options: ReplayOptions): Promise<Tally> => {
  const questions = findQuestions(dialogue, options.map)
  const tallies: Partial<Tally>[] = [{ dialogues: 1, turns: dialogue.turns.length }]
  for (const [place, turn] of dialogue.turns.entries()) {
    const due = questions.filter((question) => question.turn === place)
    const askDue = async () => tallies.push(...(await askAll(dialogue, due, options)))
    // An agent asks the service before it speaks; what a customer says is known before anyone asks about it.
    if (turn.speaker === "agent") await askDue()
    await options.service.record(toSignals(dialogue, place, options))
    if (turn.speaker === "agent") continue
    await askDue()
    tallies.push(...(await readStates(dialogue, turn, options)))
  }
  return tallies.reduce(addTally, emptyTally)
}

/** One call per service, as an agent puts all its questions at once. */
const askAll = async (
  dialogue: Dialogue,
  due: readonly Question[],
  { service: tellonce, fields }: ReplayOptions,
): Promise<readonly Partial<Tally>[]> => {
  const tallies: Partial<Tally>[] = []
  for (const service of new Set(due.map((question) => question.service))) {
    const asked = due.filter((question) => question.service === service)
    const names = new Set(asked.flatMap(({ slot }) => fields.reads(service, slot)))
    const answers = await tellonce.ask(customerOf(dialogue), service, [...names])
    for (const question of asked) {
      tallies.push(scoreAnswer(question, heardFrom(fields.reads(service, question.slot), answers)))
    }
  }
  return tallies
}

const readStates = async (
  dialogue: Dialogue,
  turn: Turn,
  { service: tellonce, fields, map, slots }: ReplayOptions,
): Promise<readonly Partial<Tally>[]> => {
  const toldKeys = new Set(Object.keys(map.extra_sources))
  const tallies: Partial<Tally>[] = []
  for (const block of blocksOf(turn)) {
    if (block.state === undefined) continue
    const service = stateService(block)
    const seen = await tellonce.view(customerOf(dialogue), service)
    const own = slots.filter((slot) => slot.service === service).map(({ slot }) => slot)
    const read = (slot: string) => readSlot(seen, service, fields.reads(service, slot), toldKeys)
    tallies.push(scoreState(block.state, read, own))
  }
  return tallies
}
