import type { Entry } from "../entry.ts"

/** The entries said after the whole field was last cleared. `entries` are newest first. */
export const sinceCleared = (entries: readonly Entry[]): readonly Entry[] => {
  const cleared = entries.findIndex((entry) => entry.cleared && entry.value === undefined)
  return cleared === -1 ? entries : entries.slice(0, cleared)
}
