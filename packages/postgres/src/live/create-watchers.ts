import type { StoreNews, Unsubscribe, Wanted } from "@tellonce/core"
import { createListeners } from "./create-listeners.ts"

/** Who watches the store, and which keys of it. */
export const createWatchers = () => {
  const { listen, tell } = createListeners<StoreNews>()
  const wishes = new Set<{ readonly wanted: Wanted | undefined }>()
  return {
    watch(listener: (news: StoreNews) => void, wanted?: Wanted): Unsubscribe {
      const wish = { wanted }
      const leave = listen((news) => listener(news))
      wishes.add(wish)
      return () => {
        wishes.delete(wish)
        leave()
      }
    },
    tell(news: StoreNews) {
      if (news.added.length > 0 || news.swept.length > 0) tell(news)
    },
    isWanted: (key: string): boolean => [...wishes].some(({ wanted }) => wanted === undefined || wanted.has(key)),
    isNamed: (key: string): boolean => [...wishes].some(({ wanted }) => wanted?.has(key) === true),
    /** The keys that are named; nothing is known of those who want all. */
    named: (): ReadonlySet<string> => new Set([...wishes].flatMap(({ wanted }) => [...(wanted?.keys() ?? [])])),
  }
}
