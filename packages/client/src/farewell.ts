import type { Credentials } from "./credentials.ts"
import { parseSettlement, type Settlement } from "./delivery.ts"
import type { SendQueue } from "./send-queue.ts"
import type { Service } from "./service.ts"
import { batchFrame, takeBatch } from "./take-batch.ts"

export interface FarewellOptions {
  readonly queue: SendQueue
  readonly credentials: Credentials
  readonly service: Service
  readonly onSettled: (settlement: Settlement) => void
}

/** Browsers let 64 KiB outlive a page, over all its requests; beyond it they refuse the whole request. */
const allowance = 60_000

/**
 * One request that outlives the page, with what fits. Everything stays in the outbox until an answer is read, so what does not fit
 * or does not arrive goes with the next page. `except`: on its way already.
 */
export const createFarewell = ({ queue, credentials, service, onSettled }: FarewellOptions) => {
  const leaving = new Map<string, number>()
  return (except: ReadonlySet<string>): void => {
    const left = allowance - [...leaving.values()].reduce((sum, bytes) => sum + bytes + batchFrame, 0)
    const waiting = queue
      .list()
      .filter(({ signal: { id }, bytes }) => !except.has(id) && !leaving.has(id) && bytes + batchFrame < left)
      .filter(({ owner }) => credentials.known(owner) !== undefined)
    const batch = takeBatch(waiting, { signals: 100, bytes: left })
    const token = batch[0] && credentials.known(batch[0].owner)
    if (token === undefined) return
    const ids = batch.map(({ signal }) => signal.id)
    queue.sending(ids)
    for (const { signal, bytes } of batch) leaving.set(signal.id, bytes)
    const signals = batch.map(({ signal }) => signal)
    void service.sendSignals(signals, token, { keepalive: true }).then((answer) => {
      for (const id of ids) leaving.delete(id)
      const settlement = answer.ok ? parseSettlement(batch, answer.body) : undefined
      if (settlement) onSettled(settlement)
    })
  }
}
