import type { Held } from "../told/held.ts"
import type { Credentials } from "../who/credentials.ts"
import { type Failure, garbled } from "./answer.ts"
import type { Service } from "./service.ts"
import { parseSettlement, type Settlement } from "./settlement.ts"
import type { Tokens } from "./tokens.ts"

export interface DeliveryOptions {
  readonly service: Service
  readonly credentials: Credentials
  readonly tokens: Tokens
  readonly onSettled: (settlement: Settlement) => void
}

/** Takes a batch, all of one owner, to the service. Undefined when it was answered; otherwise why not. */
export type Delivery = (batch: readonly Held[]) => Promise<Failure | undefined>

export const createDelivery = ({ service, credentials, tokens, onSettled }: DeliveryOptions): Delivery => {
  const deliver: Delivery = async (batch) => {
    const owner = batch[0]?.owner
    if (owner === undefined) return undefined
    const granted = await tokens.token(owner)
    if (!granted.ok) return granted
    const signals = batch.map(({ signal }) => signal)
    const answer = await service.sendSignals(signals, granted.token)
    if (answer.ok) {
      const settlement = parseSettlement(batch, answer.body)
      if (settlement === undefined) return garbled(200)
      onSettled(settlement)
      return undefined
    }
    if (answer.status === 401 && tokens.renew(owner, granted.token)) return deliver(batch)
    // Erased, and already forgotten here: there is nothing left of it to wait for.
    if (answer.status === 410 && credentials.known(owner) !== granted.token) return undefined
    return isBadContent(answer) ? isolate(batch, answer) : answer
  }
  /** One bad signal spoils a whole request; halving finds it and lets the others through. */
  const isolate = async (batch: readonly Held[], failure: Failure): Promise<Failure | undefined> => {
    const [only] = batch
    if (only && batch.length === 1) {
      const { code, message } = failure
      onSettled({ acked: [], refused: [{ id: only.signal.id, code, message }], now: 0 })
      return undefined
    }
    const half = Math.ceil(batch.length / 2)
    return (await deliver(batch.slice(0, half))) ?? deliver(batch.slice(half))
  }
  return deliver
}

const isBadContent = ({ status }: Failure): boolean => status === 400 || status === 413 || status === 422
