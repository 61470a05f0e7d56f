/** Who is told of something. One that throws harms neither the store nor the others. */
export const createListeners = <News>() => {
  const listeners = new Set<(news: News) => void>()
  return {
    listen(listener: (news: News) => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    tell(news: News) {
      for (const listener of listeners) {
        try {
          listener(news)
        } catch (thrown) {
          // What it is told of is durable already: a listener's fault must neither make it look refused nor end the process.
          process.emitWarning(thrown instanceof Error ? thrown : new Error(String(thrown)))
        }
      }
    },
  }
}
