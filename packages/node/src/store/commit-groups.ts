import { setImmediate } from "node:timers/promises"
import { type Answer, type Flight, type GroupTools, type Job, landGroup, sendGroup } from "./commit-group.ts"

/** Gives up to a group of those who wait, and none when fewer than `least` signals do. */
export type TakeGroup = (least: number) => readonly Job[]

/** Signals for which it pays to plan a group while the one before it is flushed. Fewer wait until that is done: more may join them. */
const worthAhead = 100

const nothing: Answer = () => {}

/**
 * Commits group after group, as long as there is one. Under load the next is planned while one is flushed, so that the disk never waits;
 * and the callers of a group are answered when the one after it is on its way: what they do next is done while the disk is flushed.
 */
export const commitGroups = async (tools: GroupTools, take: TakeGroup): Promise<void> => {
  let ahead: Flight | undefined
  let answer = nothing
  for (;;) {
    // Those who were just answered may have more to say.
    if (ahead) await setImmediate()
    const jobs = take(ahead ? worthAhead : 1)
    const sending = jobs.length > 0 ? sendGroup(tools, jobs, { ahead }) : undefined
    answer()
    if (ahead === undefined && sending === undefined) return
    const landing = ahead && landGroup(tools, ahead)
    const following = await sending
    answer = (await landing) ?? nothing
    ahead = following
  }
}
