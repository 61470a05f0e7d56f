import { type LeasedOutgoing, type Millis, TellonceError } from "@tellonce/core"
import { type Next, pauseAfter } from "./create-dispatcher.ts"
import type { OutboxSeal } from "./create-outbox-seal.ts"

export interface DeliverOptions {
  /** One try. Rejects when nobody answered. */
  readonly send: (delivery: { readonly id: string; readonly body: string }) => Promise<Response>
  readonly seal: Pick<OutboxSeal, "open">
  readonly onError: (error: unknown) => void
  /** The receiver says that it is gone for good. */
  readonly retire: () => void
  /** Between 0 and 1. */
  readonly random: () => number
  readonly clock: () => Millis
}

/** An event that nobody has taken by then is parked. */
const triedFor: Millis = 3 * 86_400_000
const longestWish: Millis = 86_400_000

/** Delivers to one receiver and says what becomes of it: what fails is tried again for three days, and told of at its first failure and its end. */
export const createDeliver =
  ({ send, seal, onError, retire, random, clock }: DeliverOptions) =>
  async ({ id, at, tries, body: sealed }: LeasedOutgoing): Promise<Next> => {
    const body = seal.open(sealed)
    if (body === undefined) {
      onError(lockedUp)
      return "parked"
    }
    let failure: unknown
    const answer = await send({ id, body }).catch((thrown: unknown) => {
      failure = thrown
      return undefined
    })
    if (answer?.ok) return "done"
    if (answer?.status === 410) {
      onError(gone)
      retire()
    } else if (clock() - at >= triedFor) {
      onError(parked)
      return "parked"
    } else if (tries === 0) onError(answer ? refused(answer.status) : failure)
    // Spread over its second half, so that receivers that come back are not met by all at once.
    const pause = pauseAfter(tries) * (0.5 + random() / 2)
    return clock() + Math.max(pause, retryAfter(answer, clock()))
  }

/** Seconds or a date, as receivers write it; 0 for neither. */
const retryAfter = (answer: Response | undefined, now: Millis): Millis => {
  const wish = answer?.headers.get("retry-after") ?? ""
  const pause = /^\d+$/.test(wish) ? Number(wish) * 1_000 : Date.parse(wish) - now
  return Number.isFinite(pause) ? Math.min(Math.max(0, pause), longestWish) : 0
}

const refused = (status: number) =>
  new TellonceError(
    "webhook/refused",
    `A webhook's receiver answered ${status}. The event is sent again until it is taken, for three days.`,
  )

const gone = new TellonceError(
  "webhook/gone",
  "A webhook's receiver says it is gone for good (410). It gets no more until the service is restarted.",
)

const parked = new TellonceError(
  "webhook/parked",
  "A webhook's receiver has not taken an event for three days. It is not sent any more: see why, and read what it missed from the service.",
)

const lockedUp = new TellonceError(
  "webhook/key",
  "An event waits that was sealed with a secret key which is no longer in use. It cannot be sent: keep old secrets behind the new one for three days.",
)
