import type { Unsubscribe } from "@tellonce/core"

/** Who is told of something. One that throws harms neither the store nor the others: what it is told of is durable already. */
export const createListeners = <News>() => {
  const listeners = new Set<(news: News) => void>()
  return {
    listen(listener: (news: News) => void): Unsubscribe {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    tell(news: News) {
      for (const listener of [...listeners]) {
        try {
          listener(news)
        } catch (thrown) {
          process.emitWarning(thrown instanceof Error ? thrown : new Error(String(thrown)))
        }
      }
    },
  }
}
