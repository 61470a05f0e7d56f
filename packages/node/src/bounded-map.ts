/** A map that forgets what was set longest ago: it holds the newest entries up to `most`, and up to as many older ones. */
export interface BoundedMap<Value, Key = string> {
  get(key: Key): Value | undefined
  set(key: Key, value: Value): void
  clear(): void
}

/**
 * Entries count as one each, unless told by `sizeOf`. In two generations, swapped when the younger is full: dropping single entries makes a
 * Map walk over all those dropped before.
 */
export const createBoundedMap = <Value, Key = string>(
  most: number,
  sizeOf: (value: Value) => number = () => 1,
): BoundedMap<Value, Key> => {
  let young = new Map<Key, Value>()
  let old = new Map<Key, Value>()
  let size = 0
  return {
    get: (key) => young.get(key) ?? old.get(key),
    set(key, value) {
      if (size >= most) {
        old = young
        young = new Map()
        size = 0
      }
      const before = young.get(key)
      size += sizeOf(value) - (before === undefined ? 0 : sizeOf(before))
      young.set(key, value)
    },
    clear() {
      young.clear()
      old.clear()
      size = 0
    },
  }
}
