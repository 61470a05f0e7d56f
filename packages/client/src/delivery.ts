import type { Millis } from "@tellonce/core"
import type { Credentials } from "./credentials.ts"
import type { Held } from "./held.ts"
import { type Failure, garbled, type Service } from "./service.ts"

/** What the service made of a batch. What is in neither list still waits. */
export interface Settlement {
  readonly acked: readonly { readonly held: Held; readonly at: Millis }[]
  readonly refused: readonly { readonly held: Held; readonly code: string; readonly message: string }[]
  /** When the service answered. */
  readonly now: Millis
}

export interface DeliveryOptions {
  readonly service: Service
  readonly credentials: Credentials
  readonly onSettled: (settlement: Settlement) => void
}

/** Takes a batch, all of one owner, to the service. Undefined when it was answered; otherwise why not. */
export type Delivery = (batch: readonly Held[]) => Promise<Failure | undefined>

export const createDelivery = ({ service, credentials, onSettled }: DeliveryOptions): Delivery => {
  const deliver: Delivery = async (batch) => {
    const owner = batch[0]?.owner
    if (owner === undefined) return undefined
    const granted = await credentials.token(owner)
    if (!granted.ok) return granted
    const answer = await service.sendSignals(
      batch.map(({ signal }) => signal),
      granted.token,
    )
    if (answer.ok) {
      const settlement = parseSettlement(batch, answer.body)
      if (settlement === undefined) return garbled(200)
      onSettled(settlement)
      return undefined
    }
    if (answer.status === 401 && credentials.renew(owner, granted.token)) return deliver(batch)
    return isBadContent(answer) ? isolate(batch, answer) : answer
  }
  /** One bad signal spoils a whole request; halving finds it and lets the others through. */
  const isolate = async (batch: readonly Held[], failure: Failure): Promise<Failure | undefined> => {
    const [only] = batch
    if (only && batch.length === 1) {
      onSettled({ acked: [], refused: [{ held: only, code: failure.code, message: failure.message }], now: 0 })
      return undefined
    }
    const half = Math.ceil(batch.length / 2)
    return (await deliver(batch.slice(0, half))) ?? deliver(batch.slice(half))
  }
  return deliver
}

const isBadContent = ({ status }: Failure): boolean => status === 400 || status === 413 || status === 422

/** Undefined for an answer that settles nothing: taken for success it would be asked again at once, for ever. */
export const parseSettlement = (
  batch: readonly Held[],
  { now, results }: Readonly<Record<string, unknown>>,
): Settlement | undefined => {
  if (!Array.isArray(results)) return undefined
  const byId = new Map(batch.map((held) => [held.signal.id, held]))
  const acked: Settlement["acked"][number][] = []
  const refused: Settlement["refused"][number][] = []
  for (const result of results as readonly unknown[]) {
    const { id, status, at, code, message } = (result ?? {}) as Readonly<Record<string, unknown>>
    const held = typeof id === "string" ? byId.get(id) : undefined
    if (held === undefined) continue
    if (status === "accepted" || status === "duplicate") {
      acked.push({ held, at: typeof at === "number" ? at : held.signal.at })
    } else if (status === "rejected") {
      refused.push({
        held,
        code: String(code ?? "signal/rejected"),
        message: String(message ?? "Refused by the service."),
      })
    }
  }
  if (acked.length + refused.length === 0) return undefined
  return { acked, refused, now: typeof now === "number" ? now : 0 }
}
