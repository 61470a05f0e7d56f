import type { FeedHub } from "../feed/feed-hub.ts"
import type { FeedReader } from "../feed/feed-reader.ts"
import type { Metrics } from "./create-metrics.ts"

/** The hub with a count of its readers. */
export const observeFeeds = (hub: FeedHub, metrics: Pick<Metrics, "gauge">): FeedHub => {
  const readers = new Set<FeedReader>()
  metrics.gauge("tellonce_live_readers", () => readers.size)
  return {
    ...hub,
    join(reader) {
      readers.add(reader)
      hub.join(reader)
    },
    leave(reader) {
      readers.delete(reader)
      hub.leave(reader)
    },
  }
}
