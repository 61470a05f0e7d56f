import type { Millis } from "@tellonce/core"

const rest: Millis = 1_000

/** Has the notes linked a moment after some were left. What fails is done the next time, here or by another node. */
export const createLinker = (link: () => Promise<void>) => {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  return {
    soon() {
      timer ??= setTimeout(() => {
        timer = undefined
        running = link().catch(() => {})
      }, rest).unref()
    },
    async close() {
      clearTimeout(timer)
      await running
    },
  }
}
