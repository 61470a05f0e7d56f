import type { History } from "./history.ts"
import type { Case } from "./rate.ts"
import type { Thread } from "./thread.ts"

/**
 * A case for each matter that takes part: `count` answers how often it happened there, or undefined for a matter that is not counted over.
 * A matter counts for every channel it was spoken in, every agent who spoke in it and every owner of a hold in it.
 */
export const matterCases = ({ threads }: History, count: (thread: Thread) => number | undefined): readonly Case[] =>
  [...threads.values()].flatMap((thread) => {
    if (thread.matter === undefined) return []
    const { name, channels, agents, owners } = thread
    const counted = count(thread)
    return counted === undefined ? [] : [{ count: counted, thread: name, channels, agents, owners }]
  })
