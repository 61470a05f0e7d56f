import type { Millis } from "@tellonce/core"
import type { RefusedSignal } from "../client-options.ts"
import type { Held } from "../told/held.ts"

/** What the service made of signals, by id. What is in neither list still waits. */
export interface Settlement {
  /** `at`: the time it counts with. */
  readonly acked: readonly { readonly id: string; readonly at: Millis }[]
  readonly refused: readonly RefusedSignal[]
  /** When the service answered. */
  readonly now: Millis
}

/** Undefined for an answer that settles nothing: taken for success it would be asked again at once, for ever. */
export const parseSettlement = (
  batch: readonly Held[],
  { now, results }: Readonly<Record<string, unknown>>,
): Settlement | undefined => {
  if (!Array.isArray(results)) return undefined
  const sent = new Map(batch.map(({ signal }) => [signal.id, signal.at]))
  const acked: Settlement["acked"][number][] = []
  const refused: RefusedSignal[] = []
  for (const result of results as readonly unknown[]) {
    const { id, status, at, code, message } = (result ?? {}) as Readonly<Record<string, unknown>>
    const told = sent.get(id as string)
    if (told === undefined) continue
    if (status === "accepted" || status === "duplicate") {
      acked.push({ id: id as string, at: typeof at === "number" ? at : told })
    } else if (typeof status === "string") {
      const why = { code: String(code ?? `signal/${status}`), message: String(message ?? "Refused.") }
      refused.push({ id: id as string, ...why })
    }
  }
  if (acked.length + refused.length === 0) return undefined
  return { acked, refused, now: typeof now === "number" ? now : 0 }
}
