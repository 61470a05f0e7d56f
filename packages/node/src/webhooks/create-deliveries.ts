import { type Millis, TellonceError, type Unsubscribe } from "@tellonce/core"

export interface Delivery {
  readonly id: string
  readonly body: string
}

export interface DeliveryOptions {
  /** One try. Rejects when nobody answered. */
  readonly send: (delivery: Delivery) => Promise<Response>
  readonly onError: (error: unknown) => void
  readonly later: (run: () => void, after: Millis) => Unsubscribe
  /** Between 0 and 1. */
  readonly random: () => number
  readonly clock: () => Millis
  /** More than this is not kept waiting; 1,000 unless told. */
  readonly most?: number
}

export interface Deliveries {
  push(delivery: Delivery): void
  /** Gives up what is still waiting. */
  close(): void
}

const firstPause: Millis = 1_000
const longestPause: Millis = 5 * 60_000
const longestWish: Millis = 24 * 3_600_000

/** Delivers to one receiver, one request at a time, each again and again until it is taken. What waits is in memory: it ends with the process. */
export const createDeliveries = (options: DeliveryOptions): Deliveries => {
  const { send, onError, later, random, clock, most = 1_000 } = options
  const waiting = new Map<string, Unsubscribe>()
  let lane: Promise<unknown> = Promise.resolve()
  let isOpen = true

  const enqueue = (delivery: Delivery, tries: number) => {
    waiting.set(delivery.id, () => {})
    lane = lane.then(() => (isOpen ? attempt(delivery, tries) : undefined))
  }
  const attempt = async (delivery: Delivery, tries: number) => {
    const answer = await send(delivery).catch((thrown: unknown) => {
      if (tries === 0) onError(thrown)
      return undefined
    })
    if (answer?.ok) return void waiting.delete(delivery.id)
    if (answer?.status === 410) return retire()
    if (answer && tries === 0) onError(refused(answer.status))
    const pause = Math.max(backoff(tries, random()), retryAfter(answer, clock()))
    waiting.set(
      delivery.id,
      later(() => enqueue(delivery, tries + 1), pause),
    )
  }
  const close = () => {
    isOpen = false
    for (const cancel of waiting.values()) cancel()
    waiting.clear()
  }
  const retire = () => {
    close()
    onError(
      new TellonceError(
        "webhook/gone",
        "A webhook's receiver says it is gone for good (410). It gets no more until the service is restarted.",
      ),
    )
  }
  return {
    push(delivery) {
      if (!isOpen || waiting.has(delivery.id)) return
      if (waiting.size < most) return enqueue(delivery, 0)
      onError(
        new TellonceError(
          "webhook/queue_full",
          `${most} deliveries wait for a webhook's receiver already. This one is lost; see why it does not answer.`,
        ),
      )
    },
    close,
  }
}

/** Doubles, and is spread over its second half, so that receivers that come back are not met by all at once. */
const backoff = (tries: number, chance: number): Millis =>
  Math.min(longestPause, firstPause * 2 ** Math.min(tries, 20)) * (0.5 + chance / 2)

/** Seconds or a date, as receivers write it; 0 for neither. */
const retryAfter = (answer: Response | undefined, now: Millis): Millis => {
  const wish = answer?.headers.get("retry-after") ?? ""
  const pause = /^\d+$/.test(wish) ? Number(wish) * 1_000 : Date.parse(wish) - now
  return Number.isFinite(pause) ? Math.min(Math.max(0, pause), longestWish) : 0
}

const refused = (status: number) =>
  new TellonceError(
    "webhook/refused",
    `A webhook's receiver answered ${status}. It is tried again until it takes the event.`,
  )
