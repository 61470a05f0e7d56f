import type { Held } from "../told/held.ts"
import type { Reply } from "./answer.ts"
import { createDelivery, type DeliveryOptions } from "./delivery.ts"
import { createLiveFeed, type LiveFeedOptions } from "./live-feed.ts"
import { createOutages, type OutagesOptions } from "./outages.ts"
import { createRetry } from "./retry.ts"
import { createSender, type Sender, type SenderOptions } from "./sender.ts"
import { createService, type Service, type ServiceOptions } from "./service.ts"
import { parseSettlement } from "./settlement.ts"
import { createTokens, type TokensOptions } from "./tokens.ts"

/** What speaks with the service for as long as the page stays. The only door of this room: all behind it is loaded after the page has begun. */
export interface Transport extends Pick<Service, "openVisitor"> {
  /** The sender and the live feed, at work whenever this tab leads. */
  start(options: WireOptions): Wire
}

export interface Wire extends Pick<Sender, "wake" | "flush" | "onItsWay" | "nudge" | "close"> {
  /** The credential has changed, or whose context it is. */
  restart(): void
  /** This tab may speak to the service from now on. */
  lead(): void
  rest(): void
  /** Makes of a reply that came to someone else what it says of this batch. */
  settle(batch: readonly Held[], reply: Reply, token: string): void
}

export type WireOptions = Omit<SenderOptions, "tokens" | "deliver" | "retry"> &
  Omit<LiveFeedOptions, "tokens" | "service" | "retry"> &
  Omit<DeliveryOptions, "tokens" | "service"> &
  TokensOptions &
  OutagesOptions

export const createTransport = (options: ServiceOptions): Transport => {
  const service = createService(options)
  return { openVisitor: service.openVisitor, start: (wire) => startWire(service, wire) }
}

const startWire = (service: Service, wire: WireOptions): Wire => {
  const { sleep } = wire
  const options = { ...wire, service, tokens: createTokens(wire) }
  const outages = createOutages(options)
  const retry = () => createRetry({ sleep, outages, chance: Math.random })
  const sender = createSender({ ...options, retry: retry(), deliver: createDelivery(options) })
  const feed = createLiveFeed({ ...options, retry: retry() })
  const lead = () => {
    feed.wake()
    sender.wake()
  }
  lead()
  return {
    wake: sender.wake,
    flush: sender.flush,
    onItsWay: sender.onItsWay,
    lead,
    restart() {
      feed.restart()
      sender.renewed()
      sender.wake()
    },
    rest: feed.rest,
    settle(batch, reply, token) {
      const answer = service.readAnswer(reply, token)
      const settlement = answer.ok ? parseSettlement(batch, answer.body) : undefined
      if (settlement) options.onSettled(settlement)
    },
    nudge() {
      feed.nudge()
      sender.nudge()
    },
    close() {
      feed.close()
      sender.close()
    },
  }
}
