import type { Sized } from "./grow-contexts.ts"

/** The contexts that were read or written last, as they are in the file. */
export interface RecentContexts {
  /** The contexts of these keys, or undefined unless all are known. */
  contexts(keys: readonly string[]): readonly Sized[] | undefined
  put(context: Sized): void
  clear(): void
}

/** Characters of contexts that are known at a time; the longest unused go first. */
const mostText = 8 * 1024 * 1024
const mostContexts = mostText / 1_024

const textOf = ({ encoded = "", tailText = 0 }: Sized): number => encoded.length + tailText

export const createRecentContexts = (): RecentContexts => {
  const stored = new Map<string, Sized>()
  let text = 0
  const drop = (key: string) => {
    const context = stored.get(key)
    if (context === undefined) return
    text -= textOf(context)
    stored.delete(key)
  }
  return {
    contexts(keys) {
      const found: Sized[] = []
      for (const key of keys) {
        const context = stored.get(key)
        if (context === undefined) return undefined
        found.push(context)
      }
      for (const context of found) {
        stored.delete(context.key)
        stored.set(context.key, context)
      }
      return found
    },
    put(context) {
      drop(context.key)
      stored.set(context.key, context)
      text += textOf(context)
      for (const key of stored.keys()) {
        if (text <= mostText && stored.size <= mostContexts) break
        drop(key)
      }
    },
    clear() {
      stored.clear()
      text = 0
    },
  }
}
