import type { Credentials } from "./credentials.ts"
import type { Delivery } from "./delivery.ts"
import type { Retry } from "./retry.ts"
import type { SendQueue } from "./send-queue.ts"
import type { Failure } from "./service.ts"
import { takeBatch } from "./take-batch.ts"

/** Empties the queue, one request at a time, for as long as it takes. */
export interface Sender {
  /** There may be something to send. */
  wake(): void
  /** The network may be back, or there is a new credential. */
  nudge(): void
  /** Tries now, unless the service has asked to wait; resolves when nothing is left to send or the try has failed. */
  flush(): Promise<void>
  /** What the running request carries. */
  onItsWay(): ReadonlySet<string>
  close(): void
}

export interface SenderOptions {
  readonly queue: SendQueue
  readonly credentials: Credentials
  readonly deliver: Delivery
  readonly retry: Retry
}

const limits = { signals: 100, bytes: 200_000 }

export const createSender = ({ queue, credentials, deliver, retry }: SenderOptions): Sender => {
  let running = false
  let closed = false
  let onItsWay: ReadonlySet<string> = new Set()
  const flushing = new Set<() => void>()

  const waiting = () => queue.list().filter(({ kept, owner }) => kept && credentials.reaches(owner))
  const isEmpty = async () => {
    if (waiting().length > 0) return false
    await queue.settled()
    return waiting().length === 0
  }
  const run = async () => {
    while (!closed && !(await isEmpty())) {
      const failure = await sendNext()
      if (failure === undefined) retry.succeeded()
      else {
        release()
        await retry.wait(failure)
      }
    }
    // In the same turn as the last look at the queue, or a wake between the two would be lost.
    running = false
    release()
  }
  const sendNext = async (): Promise<Failure | undefined> => {
    // First the credential: the answer that brings it may also put right the time of what is to be sent.
    const granted = await credentials.token(waiting()[0]?.owner ?? credentials.owner())
    if (!granted.ok) return granted
    const batch = takeBatch(waiting(), limits)
    onItsWay = new Set(batch.map(({ signal }) => signal.id))
    queue.sending([...onItsWay])
    const failure = await deliver(batch)
    onItsWay = new Set()
    return failure
  }
  const release = () => {
    for (const resolve of flushing) resolve()
    flushing.clear()
  }
  const wake = () => {
    if (running || closed) return
    running = true
    void run()
  }
  return {
    wake,
    nudge: () => void retry.nudge(),
    async flush() {
      await queue.settled()
      if (!retry.nudge()) return
      wake()
      if (running) await new Promise<void>((resolve) => flushing.add(resolve))
    },
    onItsWay: () => onItsWay,
    close() {
      closed = true
      retry.close()
      release()
    },
  }
}
