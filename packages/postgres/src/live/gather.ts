import type { Millis } from "@tellonce/core"

/** Words are gathered for so long: a commit that notifies holds a lock that all of the server's commits share. */
const rest: Millis = 10

export interface Gathering {
  add(entries: readonly (readonly [key: string, seq: number])[]): void
  idle(): Promise<void>
}

/** Gathers keys with their lowest places for a moment, and works on them together. What fails is left to polling. */
export const gather = (work: (keys: ReadonlyMap<string, number>) => Promise<unknown>): Gathering => {
  let keys = new Map<string, number>()
  let running: Promise<void> | undefined
  const run = async () => {
    while (keys.size > 0) {
      await new Promise((resolve) => setTimeout(resolve, rest))
      const now = keys
      keys = new Map()
      await work(now).catch(() => {})
    }
    running = undefined
  }
  return {
    add(entries) {
      for (const [key, seq] of entries) keys.set(key, Math.min(seq, keys.get(key) ?? seq))
      if (keys.size > 0) running ??= run()
    },
    idle: async () => running,
  }
}
