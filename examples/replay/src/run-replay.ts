import type { Millis } from "@tellonce/core"
import { defineReplayContext, slotsOf } from "./define-replay-context.ts"
import type { Dialogue } from "./dialogue.ts"
import { replayDialogue } from "./replay-dialogue.ts"
import { openReplayService } from "./replay-service.ts"
import { addTally, emptyTally, type Tally } from "./score.ts"
import { createSlotFields } from "./slot-fields.ts"
import type { SlotMap } from "./slot-map.ts"

export interface RunOptions {
  readonly map: SlotMap
  readonly dialogues: readonly Dialogue[]
  /** Called after each dialogue. */
  readonly onDialogue?: () => void
}

/** Dialogues under way at once. */
const lanes = 8
/** Every dialogue begins here and is over within a day: no figure depends on when it is run. */
const base: Millis = Date.UTC(2024, 0, 1)
const day: Millis = 86_400_000

/** All dialogues of one file through one real service, each as a customer of its own. */
export const runReplay = async ({ map, dialogues, onDialogue }: RunOptions): Promise<Tally> => {
  const slots = slotsOf(dialogues)
  const service = await openReplayService(defineReplayContext(map, slots), { now: base + day })
  const options = { map, slots, service, base, fields: createSlotFields(map) }
  const waiting = dialogues.values()
  let total = emptyTally
  const lane = async () => {
    for (const dialogue of waiting) {
      // Awaited first: another lane may add to the total meanwhile.
      const tally = await replayDialogue(dialogue, options)
      total = addTally(total, tally)
      onDialogue?.()
    }
  }
  try {
    await Promise.all(Array.from({ length: lanes }, lane))
    return total
  } finally {
    await service.close()
  }
}
