/** A map that forgets what was set longest ago: it holds the newest `most` entries, and up to as many older ones. */
export interface BoundedMap<Value, Key = string> {
  get(key: Key): Value | undefined
  set(key: Key, value: Value): void
  clear(): void
}

/** In two generations, swapped when the younger is full: dropping single entries makes a Map walk over all those dropped before. */
export const createBoundedMap = <Value, Key = string>(most: number): BoundedMap<Value, Key> => {
  let young = new Map<Key, Value>()
  let old = new Map<Key, Value>()
  return {
    get: (key) => young.get(key) ?? old.get(key),
    set(key, value) {
      if (young.size >= most) {
        old = young
        young = new Map()
      }
      young.set(key, value)
    },
    clear() {
      young.clear()
      old.clear()
    },
  }
}
