import { compareEntries, type Entry } from "./entry.ts"

/**
 * The one join. Both lists are newest first; the result is too: of each key the newest entry, and of those the newest `keep`.
 * Commutative, associative and idempotent for every key and keep. Returns `mine` itself when `theirs` adds nothing.
 */
export const joinEntries = (mine: readonly Entry[], theirs: readonly Entry[], keep: number): readonly Entry[] => {
  const joined: Entry[] = []
  let fromTheirs = false
  let i = 0
  let j = 0
  while (joined.length < keep) {
    const left = mine[i]
    const right = theirs[j]
    const takeLeft = left !== undefined && (right === undefined || compareEntries(left, right) >= 0)
    const next = takeLeft ? left : right
    if (next === undefined) break
    if (takeLeft) i++
    else j++
    if (joined.some((entry) => entry.key === next.key)) continue
    joined.push(next)
    fromTheirs ||= !takeLeft
  }
  return fromTheirs ? joined : mine
}
