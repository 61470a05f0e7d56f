import type { Fields } from "@tellonce/core"
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react"
import type { ContextStore } from "./create-context-store.ts"
import { isSame } from "./is-same.ts"
import type { Reading } from "./reading.ts"

/** A part of the reading. It stays the same object, and its component is not rendered again, while it says the same. */
export const useSelection = <F extends Fields, Value>(
  store: ContextStore<F>,
  select: (reading: Reading<F>) => Value,
): Value => {
  const shown = useRef<{ readonly value: Value } | undefined>(undefined)
  // `select` is a new function in each rendering, and what it selected is not.
  const pick = useMemo(() => {
    let last: { readonly reading: Reading<F>; readonly value: Value } | undefined
    return (reading: Reading<F>): Value => {
      if (last?.reading === reading) return last.value
      const before = last ?? shown.current
      const selected = select(reading)
      const value = before && isSame(before.value, selected) ? before.value : selected
      last = { reading, value }
      return value
    }
  }, [select])
  const value = useSyncExternalStore(
    store.subscribe,
    () => pick(store.read()),
    () => pick(store.first),
  )
  useEffect(() => {
    shown.current = { value }
  }, [value])
  return value
}
