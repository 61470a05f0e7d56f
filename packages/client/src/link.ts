import type { ClientStatus } from "./client-options.ts"
import { type Clock, systemClock } from "./clock.ts"
import type { Credentials } from "./credentials.ts"
import { createDelivery, type Settlement } from "./delivery.ts"
import { createFarewell } from "./farewell.ts"
import { createLiveFeed } from "./live-feed.ts"
import type { Outages } from "./outages.ts"
import { watchPage } from "./page.ts"
import type { FeedEvent } from "./read-feed.ts"
import { createRetry } from "./retry.ts"
import type { SendQueue } from "./send-queue.ts"
import { createSender } from "./sender.ts"
import type { Service } from "./service.ts"

/** All that goes over the wire: the sender, the live feed, and what the life of the page means to them. */
export interface Link {
  /** There may be something to send. */
  wake(): void
  flush(): Promise<void>
  /** The credential has changed, or whose context it is. */
  restart(): void
  close(): void
}

export interface LinkOptions {
  readonly service: Service
  readonly credentials: Credentials
  readonly queue: SendQueue
  readonly sleep: Clock["sleep"]
  readonly outages: Outages
  /** `kind:value` of the customer to follow; undefined where the token says whose it is. */
  readonly subject: () => string | undefined
  readonly onSettled: (settlement: Settlement) => void
  readonly onEvent: (event: FeedEvent) => void
  readonly onConnection: (connection: Exclude<ClientStatus["connection"], "closed">) => void
}

export const createLink = (options: LinkOptions): Link => {
  const { sleep = systemClock.sleep, outages } = options
  const retry = () => createRetry({ sleep, outages, chance: Math.random })
  const sender = createSender({ ...options, retry: retry(), deliver: createDelivery(options) })
  const sayFarewell = createFarewell(options)
  const feed = createLiveFeed({ ...options, sleep, retry: retry() })
  const unwatch = watchPage({
    onHidden: () => sayFarewell(sender.onItsWay()),
    onLeave: () => sayFarewell(new Set()),
    onReturn() {
      feed.nudge()
      sender.nudge()
    },
  })
  return {
    wake: sender.wake,
    flush: sender.flush,
    restart() {
      feed.restart()
      sender.nudge()
      sender.wake()
    },
    close() {
      unwatch()
      feed.close()
      sender.close()
    },
  }
}
