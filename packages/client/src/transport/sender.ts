import type { Awaited } from "../page/awaited.ts"
import type { Held } from "../told/held.ts"
import type { SendQueue } from "../told/send-queue.ts"
import type { Credentials } from "../who/credentials.ts"
import type { Failure } from "./answer.ts"
import type { Delivery } from "./delivery.ts"
import type { Retry } from "./retry.ts"
import type { Tokens } from "./tokens.ts"

/** Empties the queue, one request at a time, for as long as it takes. */
export interface Sender {
  /** There may be something to send. */
  wake(): void
  /** The network may be back. */
  nudge(): void
  /** There is a new credential. */
  renewed(): void
  /** Tries now, unless the service has asked to wait; resolves when nothing is left to send or the try has failed. */
  flush(): Promise<void>
  /** What the running request carries. */
  onItsWay(): ReadonlySet<string>
  close(): void
}

export interface SenderOptions {
  readonly queue: SendQueue
  readonly credentials: Credentials
  readonly tokens: Tokens
  readonly deliver: Delivery
  readonly retry: Retry
  /** Does this tab send for all? */
  readonly leads: () => boolean
  /** May it go, by what the customer lets be done? */
  readonly may: (held: Held) => boolean
  /** Happens whenever a try has ended. */
  readonly tried: Awaited
}

const limits = { signals: 100, bytes: 200_000 }

export const createSender = (options: SenderOptions): Sender => {
  const { queue, credentials, tokens, deliver, retry, leads, may, tried } = options
  let running = false
  let called = false
  let closed = false
  let onItsWay: ReadonlySet<string> = new Set()

  const isDue = (held: Held) => held.kept && credentials.reaches(held.owner) && may(held)
  const next = () => queue.next(isDue, limits)
  const isEmpty = async () => {
    if (next().length > 0) return false
    await queue.settled()
    return next().length === 0
  }
  const run = async () => {
    while (called && !closed && leads()) {
      called = false
      if (await isEmpty()) continue
      called = true
      const failure = await sendNext()
      if (failure === undefined) retry.succeeded()
      else {
        tried.happen()
        await retry.wait(failure)
      }
    }
    running = false
    tried.happen()
  }
  const sendNext = async (): Promise<Failure | undefined> => {
    retry.forget()
    // First the credential: the answer that brings it may also put right the time of what is to be sent.
    const granted = await tokens.token(next()[0]?.owner ?? credentials.owner())
    if (!granted.ok) return granted
    const batch = next()
    onItsWay = new Set(batch.map(({ signal }) => signal.id))
    queue.sending(batch)
    const failure = await deliver(batch)
    onItsWay = new Set()
    return failure
  }
  const wake = () => {
    // A call while the queue is looked at is a reason to look again.
    called = true
    if (running || closed || !leads()) return
    running = true
    void run()
  }
  return {
    wake,
    nudge: retry.nudge,
    renewed: retry.renewed,
    async flush() {
      await queue.settled()
      if (!retry.hurry()) return
      wake()
      if (running) await tried.wait()
    },
    onItsWay: () => onItsWay,
    close() {
      closed = true
      retry.close()
      tried.happen()
    },
  }
}
