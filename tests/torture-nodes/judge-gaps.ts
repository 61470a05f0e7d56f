import { setTimeout as pause } from "node:timers/promises"
import type { Ledger } from "../torture/ledger.ts"
import type { RunningFollower } from "./start-follower.ts"

const patience = 15_000

/** How many acknowledged signals a reader of their customer was not told of, also not a good while later. */
export const judgeGaps = async ({ sent, acked }: Ledger, followers: readonly RunningFollower[]): Promise<number> => {
  const missing = () =>
    followers.flatMap(({ customer, told }) =>
      [...acked].filter((id) => sent.get(id) === `user:${customer}` && !told.has(id)),
    )
  for (let waited = 0; waited < patience && missing().length > 0; waited += 100) await pause(100)
  return missing().length
}
