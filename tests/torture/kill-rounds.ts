import { type Batch, createBatch, readHits, sendBatch } from "./create-client.ts"
import type { Ledger } from "./ledger.ts"
import { type ServiceProcess, startService } from "./start-service.ts"

export interface Rounds {
  readonly program: string
  readonly data: string
  readonly rounds: number
  readonly ledger: Ledger
  readonly random: () => number
}

const writers = 8
const perBatch = 5

/** The ledger's customers of one round: a context must not grow without end. */
export const customersOf = (round: number): readonly string[] =>
  Array.from({ length: 20 }, (_, index) => `round-${round}-${index}`)

/**
 * The service is killed under load at a random moment, started again, and given once more all that it had not acknowledged; then what it
 * counts is held against what was sent. Answers how many it counted too few and too many over all rounds.
 */
export const killRounds = async ({ program, data, rounds, ledger, random }: Rounds) => {
  let service = await startService({ program, data })
  let [few, many] = [0, 0]
  for (let round = 0; round < rounds; round++) {
    const customers = customersOf(round)
    const load = startLoad(service, { round, customers, ledger, random })
    await new Promise((resolve) => setTimeout(resolve, 150 + random() * 700))
    await service.kill()
    const unanswered = await load
    service = await startService({ program, data })
    for (const batch of unanswered) await untilAcked(service.url, batch, ledger)
    const hits = await readHits(service.url, customers)
    for (const [key, counted] of hits) {
      const sent = [...ledger.sent.values()].filter((one) => one === key).length
      few += Math.max(0, sent - counted)
      many += Math.max(0, counted - sent)
    }
  }
  await service.kill()
  return { few, many }
}

/** Writes until the service is gone. Resolves with the batches it does not know the fate of. */
const startLoad = async (
  { url }: ServiceProcess,
  {
    round,
    customers,
    ledger,
    random,
  }: Pick<Rounds, "ledger" | "random"> & { readonly round: number; readonly customers: readonly string[] },
): Promise<readonly Batch[]> => {
  let made = 0
  const write = async (): Promise<Batch> => {
    for (;;) {
      const ids = Array.from({ length: perBatch }, () => `k${round}-${made++}`)
      const batch = createBatch(ledger, ids, customers, random)
      const isAcked = await sendBatch(url, batch, ledger).catch(() => false)
      if (!isAcked) return batch
    }
  }
  return Promise.all(Array.from({ length: writers }, write))
}

const untilAcked = async (url: string, batch: Batch, ledger: Ledger): Promise<void> => {
  for (let tries = 0; tries < 50; tries++) {
    if (await sendBatch(url, batch, ledger)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`The service takes no batch any more, such as ${batch.ids[0]}.`)
}
