import type { Fields, Millis, Signal } from "@tellonce/core"
import type { FeedEvent } from "../transport/read-feed.ts"
import type { LocalContext } from "./local-context.ts"

/** What the service says of the context. */
export type Fed = Pick<FeedEvent, "name" | "body">

/** What the service says, on its way into the local context: from the live feed, from the leading tab or from the disk. */
export interface Feeding {
  /** Throws for a context of another definition. */
  take(event: Fed): void
  /** What an earlier page has kept, unless the service has spoken since. */
  remember(told: unknown): void
  /** What the service has told until now, as its feed would say it; undefined before its first word. */
  share(): Fed | undefined
  /** It is another customer now. */
  clear(): void
}

export interface FeedingOptions<F extends Fields> {
  readonly local: LocalContext<F>
  readonly now: () => Millis
  /** Gets the service's time. */
  readonly learn: (now: unknown) => void
  readonly onFirst: () => void
}

export const createFeeding = <F extends Fields>({ local, now, learn, onFirst }: FeedingOptions<F>): Feeding => {
  let hasSpoken = false
  return {
    take({ name, body }) {
      learn(body.now)
      if (name === "snapshot") {
        local.replace(body.context, Number(body.now))
        hasSpoken = true
      } else if (name === "signals" && Array.isArray(body.signals)) local.add(body.signals as readonly Signal[])
      onFirst()
    },
    remember(told) {
      if (hasSpoken || told === undefined) return
      try {
        local.replace(told, 0)
      } catch {
        // Of another definition, or damaged: the service knows better.
      }
    },
    share: () => (hasSpoken ? { name: "snapshot", body: { context: local.share(), now: now() } } : undefined),
    clear() {
      hasSpoken = false
      local.clear()
    },
  }
}
