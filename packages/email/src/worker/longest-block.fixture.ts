import { existsSync, readFileSync } from "node:fs"

const schedule = "/proc/self/schedstat"

/** What the main thread has worked so far, in ms: on a busy machine it waits, too, but that is no fault of ours. */
const worked = (): number =>
  existsSync(schedule) ? Number(readFileSync(schedule, "utf8").split(" ")[0]) / 1_000_000 : performance.now()

/** Runs `work` beside a ping every 10 ms and gives the longest that the main thread worked between two pings, in ms. */
export const longestBlock = async (work: () => Promise<unknown>): Promise<number> => {
  let last = worked()
  let longest = 0
  const look = () => {
    const now = worked()
    longest = Math.max(longest, now - last)
    last = now
  }
  const ping = setInterval(look, 10)
  await work()
  await new Promise((resolve) => setTimeout(resolve, 20))
  clearInterval(ping)
  look()
  return longest
}
