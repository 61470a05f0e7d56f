import { compareEntries, type Entry } from "./entry.ts"
import type { Millis } from "./stamp.ts"

/**
 * The one join. Lists are newest first, the result too: of each key the newest entry, and of those the newest `keep`.
 * Commutative, associative and idempotent for every key and keep. Returns `mine` itself when `theirs` adds nothing.
 */
export const joinEntries = (mine: readonly Entry[], theirs: readonly Entry[], keep: number): readonly Entry[] => {
  let joined = mine
  for (const entry of theirs) {
    const newer = countNewer(joined, entry.at, entry.key, entry.mark, keep)
    if (newer !== -1) joined = insertEntry(joined, newer, entry, keep, mine)
  }
  return joined
}

/** How many entries are newer by time alone; -1 where they leave no room, or one of them has the key. */
export const countNewer = (list: readonly Entry[], at: Millis, key: string, mark: number, keep: number): number => {
  if (isTooOld(list, at, keep)) return -1
  let newer = 0
  for (const kept of list) {
    if (kept.at <= at) break
    if (hasKey(kept, mark, key)) return -1
    newer++
  }
  return newer < keep ? newer : -1
}

/** Nothing so old enters a full list, whatever its key. */
export const isTooOld = (list: readonly Entry[], at: Millis, keep: number): boolean =>
  list.length === keep && at < (list[keep - 1] as Entry).at

const hasKey = (kept: Entry, mark: number, key: string): boolean => kept.mark === mark && kept.key === key

/**
 * Joins an entry to a list in which `newer` are newer by time. Only the list that is `shared` is copied; any other is the caller's
 * own and changed in place.
 */
export const insertEntry = (
  list: readonly Entry[],
  newer: number,
  entry: Entry,
  keep: number,
  shared: readonly Entry[],
): readonly Entry[] => {
  const { mark, key } = entry
  let place = newer
  for (; place < list.length; place++) {
    const kept = list[place] as Entry
    if (compareEntries(kept, entry) < 0) break
    if (hasKey(kept, mark, key)) return list
  }
  if (place === keep) return list
  // What gives way: the older entry of the same key, or the oldest of a full list, or nobody.
  let gap = place
  while (gap < list.length && gap < keep - 1 && !hasKey(list[gap] as Entry, mark, key)) gap++
  // Grown by concat, which takes just the room it needs: an array that grows by itself takes half as much again.
  const copied = gap === list.length ? list.concat(entry) : list === shared ? list.slice() : list
  const joined = copied as Entry[]
  for (; gap > place; gap--) joined[gap] = joined[gap - 1] as Entry
  joined[place] = entry
  return joined
}
