import { createHmac } from "node:crypto"
import type { LoggedSignal } from "@tellonce/core"
import { type Place, placeOf } from "../place/place-of.ts"
import type { createWatchers } from "./create-watchers.ts"

interface Swept {
  readonly key: string
  readonly digest: string
  readonly seq: number
}

/** Tells the watchers, of the same thing once as far as that is known: words and polling find the same. */
export interface Told {
  added(signals: readonly LoggedSignal[]): void
  /** By a word, which has no place. */
  swept(keys: readonly string[]): void
  /** By polling. */
  foundSwept(found: readonly Swept[]): void
  /** Where it stands that a key was swept: under a keyed digest, since the name is to be forgotten. */
  digestOf(key: string): Place
  /** At the end of each round of polling: what is before this place is not found any more. */
  forget(before: number): void
}

export const createTold = (watchers: ReturnType<typeof createWatchers>, secret: string): Told => {
  const places = new Map<string, number>()
  /** Digests that were told and not found yet, of this round of polling and of the one before: the next one finds them. */
  let heard = new Set<string>()
  let heardBefore = new Set<string>()

  const isNews = (name: string, seq: number): boolean => {
    const isNew = !places.has(name)
    if (isNew) places.set(name, seq)
    return isNew
  }
  const wasHeard = (digest: string): boolean => heard.delete(digest) || heardBefore.delete(digest)
  const digestOf = (key: string): Place => ({
    ...placeOf(key),
    name: createHmac("sha256", secret).update(key).digest("base64url"),
  })
  return {
    digestOf,
    added(signals) {
      // Only what is named is looked for, so only that can be found twice.
      const added = signals.filter(({ key, seq }) => !watchers.isNamed(key) || isNews(`${seq} ${key}`, seq))
      watchers.tell({ added, swept: [] })
    },
    swept(keys) {
      for (const key of keys) if (watchers.isNamed(key)) heard.add(digestOf(key).name)
      watchers.tell({ added: [], swept: keys })
    },
    foundSwept(found) {
      const news = found.filter(({ digest, seq }) => isNews(`${seq} swept ${digest}`, seq) && !wasHeard(digest))
      watchers.tell({ added: [], swept: news.map(({ key }) => key) })
    },
    forget(before) {
      for (const [name, seq] of places) if (seq < before) places.delete(name)
      // Kept for longer, it would hide a later sweep whose word is lost.
      heardBefore = heard
      heard = new Set()
    },
  }
}
