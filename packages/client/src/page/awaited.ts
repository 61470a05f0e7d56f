/** Something that is waited for: now and then, or once. */
export interface Awaited {
  /** Resolves the next time it happens; at once when it has, and happens `once`. */
  wait(): Promise<void>
  happen(): void
}

export const createAwaited = ({ once }: { readonly once?: true } = {}): Awaited => {
  const waiting = new Set<() => void>()
  let has = false
  return {
    wait: () => (has && once ? Promise.resolve() : new Promise((resolve) => waiting.add(resolve))),
    happen() {
      has = true
      for (const resolve of waiting) resolve()
      waiting.clear()
    },
  }
}
