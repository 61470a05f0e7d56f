import { request } from "node:http"
import type { Ledger } from "./ledger.ts"
import { customerOf, secret } from "./torture-context.ts"

export interface Batch {
  readonly ids: readonly string[]
  readonly body: string
}

/** A batch of new signals of several customers, written into the ledger as sent. */
export const createBatch = (
  ledger: Ledger,
  ids: readonly string[],
  customers: readonly string[],
  random: () => number,
): Batch => {
  const signals = ids.map((id) => {
    const customer = customers[Math.floor(random() * customers.length)] ?? "0"
    ledger.sent.set(id, `user:${customer}`)
    const identity = customerOf(customer)
    return {
      id,
      at: Date.now(),
      identity,
      authority: "record",
      channel: "torture",
      source: "torture",
      facts: { hits: 1 },
    }
  })
  return { ids, body: JSON.stringify({ signals }) }
}

interface Result {
  readonly id: string
  readonly status: "accepted" | "duplicate" | "rejected"
  readonly code?: string
}

const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" }

/** Sends a batch once and writes into the ledger what was acknowledged. True when all of it was. Rejects when the connection breaks. */
export const sendBatch = async (url: string, { ids, body }: Batch, ledger: Ledger): Promise<boolean> => {
  const response = await fetch(`${url}/v1/signals`, { method: "POST", headers, body })
  const answer = (await response.json()) as { readonly results?: readonly Result[] }
  for (const { id, status, code } of answer.results ?? []) {
    if (status === "rejected") throw new Error(`The service refuses a good signal: ${code}.`)
    ledger.acked.add(id)
  }
  return ids.every((id) => ledger.acked.has(id))
}

/** Sends a batch and hangs up `patience` milliseconds after it went out, whatever was answered: the client does not know. */
export const sendAndHangUp = (url: string, { body }: Batch, patience: number): Promise<void> =>
  new Promise((resolve) => {
    const call = request(`${url}/v1/signals`, { method: "POST", headers, agent: false })
    call.on("error", () => {})
    call.on("close", resolve)
    call.end(body, () => setTimeout(() => call.destroy(), patience))
  })

/** What the service itself counts for each of these customers. */
export const readHits = async (url: string, customers: readonly string[]): Promise<ReadonlyMap<string, number>> => {
  const hits = new Map<string, number>()
  for (const customer of customers) {
    const response = await fetch(`${url}/v1/context?identity=user:${customer}`, { headers })
    const { view } = (await response.json()) as { readonly view?: { readonly hits?: { readonly value?: number } } }
    hits.set(`user:${customer}`, view?.hits?.value ?? 0)
  }
  return hits
}
