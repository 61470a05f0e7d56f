const remembered = 500

/**
 * Tells a signal id that was seen before. Widgets emit a message again when they redraw; recorded twice, its facts would look
 * as new as the redraw.
 */
export const createRepeats = (): ((id: string | undefined) => boolean) => {
  const seen = new Set<string>()
  return (id) => {
    if (id === undefined) return false
    if (seen.has(id)) return true
    seen.add(id)
    const [oldest] = seen
    if (seen.size > remembered && oldest !== undefined) seen.delete(oldest)
    return false
  }
}
