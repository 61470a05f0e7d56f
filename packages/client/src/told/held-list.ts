import type { Held } from "./held.ts"

/** Held signals in order and by id, and how much they weigh. */
export interface HeldList {
  get(id: string): Held | undefined
  has(id: string): boolean
  all(): readonly Held[]
  size(): number
  /** At the end; a known id keeps its place. */
  put(one: Held): void
  putFirst(some: readonly Held[]): void
  remove(id: string): void
  /** Of these ids what is here, each put back as `to` has it. */
  change(ids: readonly string[], to: (one: Held) => Held): readonly Held[]
  /** The oldest, beyond so many signals and bytes. */
  excess(most: { readonly signals: number; readonly bytes: number }): readonly Held[]
}

export const createHeldList = (): HeldList => {
  let held = new Map<string, Held>()
  let bytes = 0
  const all = () => [...held.values()]
  const put = (one: Held) => {
    bytes += one.bytes - (held.get(one.signal.id)?.bytes ?? 0)
    held.set(one.signal.id, one)
  }
  return {
    get: (id) => held.get(id),
    has: (id) => held.has(id),
    all,
    size: () => held.size,
    put,
    putFirst(some) {
      const rest = all()
      held = new Map()
      bytes = 0
      for (const one of [...some, ...rest]) put(one)
    },
    remove(id) {
      bytes -= held.get(id)?.bytes ?? 0
      held.delete(id)
    },
    change: (ids, to) =>
      ids.flatMap((id) => {
        const one = held.get(id)
        if (one === undefined) return []
        const changed = to(one)
        put(changed)
        return [changed]
      }),
    excess(most) {
      const oldest: Held[] = []
      let left = bytes
      for (const one of held.values()) {
        if (held.size - oldest.length <= most.signals && left <= most.bytes) break
        oldest.push(one)
        left -= one.bytes
      }
      return oldest
    },
  }
}
