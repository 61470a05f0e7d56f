import { setTimeout as pause } from "node:timers/promises"
import type { Millis } from "@tellonce/core"
import type { ServiceProcess } from "../promises/start-process.ts"
import { judgeGaps } from "./judge-gaps.ts"
import { type RunningFollower, startFollower } from "./start-follower.ts"
import { type LoadOptions, startLoad } from "./start-load.ts"

export interface NodeKilled {
  /** Readers that went on at another node with their Last-Event-ID. */
  readonly resumed: number
  /** Readers that were told to begin anew instead. */
  readonly resets: number
  /** Acknowledged signals that a reader was never told of. */
  readonly gaps: number
}

const each: Millis = 1_500

/** One node is killed while its clients write and read; they go on at the others. */
export const killNode = async (
  nodes: readonly ServiceProcess[],
  options: Omit<LoadOptions, "urls">,
): Promise<NodeKilled> => {
  const urls = nodes.map(({ url }) => url)
  const [victim] = nodes
  const followers = await Promise.all(
    options.customers.slice(0, 12).map((customer, index) => startFollower(urls, customer, index)),
  )
  const load = startLoad({ ...options, urls })
  await pause(each)
  await victim?.end("SIGKILL")
  await pause(each)
  await load.stop()
  const gaps = await judgeGaps(options.ledger, followers)
  for (const follower of followers) follower.close()
  return { resumed: sumOf(followers, "resumed"), resets: sumOf(followers, "resets"), gaps }
}

export const sumOf = (followers: readonly RunningFollower[], what: "resumed" | "resets"): number =>
  followers.reduce((sum, follower) => sum + follower[what], 0)
