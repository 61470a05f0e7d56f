import { identityKey, type Wanted } from "@tellonce/core"
import type { FeedReader, Following } from "./feed-reader.ts"

/** Readers who follow alike: the same identities, with the same fields. */
export interface Audience {
  readonly following: Following
  readonly readers: Set<FeedReader>
}

/** Who follows whom, found by key: what a signal costs does not grow with the readers of others. */
export const createAudiences = () => {
  const byId = new Map<string, Audience>()
  const byKey = new Map<string, Set<Audience>>()
  const idOf = new Map<FeedReader, string>()

  const open = (id: string, following: Following): Audience => {
    const audience = { following, readers: new Set<FeedReader>() }
    byId.set(id, audience)
    for (const key of following.keys) byKey.set(key, (byKey.get(key) ?? new Set()).add(audience))
    return audience
  }
  const close = (id: string, audience: Audience) => {
    byId.delete(id)
    for (const key of audience.following.keys) {
      const others = byKey.get(key)
      others?.delete(audience)
      if (others?.size === 0) byKey.delete(key)
    }
  }
  return {
    join(reader: FeedReader, following: Following) {
      const { keys, reads, as, renewedBy } = following
      const id = JSON.stringify([keys, [...reads], identityKey(as), renewedBy])
      const audience = byId.get(id) ?? open(id, following)
      audience.readers.add(reader)
      idOf.set(reader, id)
    },
    leave(reader: FeedReader) {
      const id = idOf.get(reader)
      const audience = id === undefined ? undefined : byId.get(id)
      if (id === undefined || audience === undefined) return
      idOf.delete(reader)
      audience.readers.delete(reader)
      if (audience.readers.size === 0) close(id, audience)
    },
    of(keys: Iterable<string>): ReadonlySet<Audience> {
      const found = new Set<Audience>()
      for (const key of keys) for (const audience of byKey.get(key) ?? []) found.add(audience)
      return found
    },
    /** All keys that are followed, as they are when asked. */
    followed: byKey as Wanted,
    readers: (): Iterable<FeedReader> => idOf.keys(),
    isEmpty: () => idOf.size === 0,
  }
}
