import { setTimeout as pause } from "node:timers/promises"
import { createBatch, sendBatch } from "../torture/create-client.ts"
import type { Ledger } from "../torture/ledger.ts"

export interface LoadOptions {
  readonly urls: readonly string[]
  readonly customers: readonly string[]
  readonly ledger: Ledger
  readonly random: () => number
  /** Begins the ids of this load. */
  readonly name: string
}

export interface Load {
  /** Clock times at which batches were acknowledged. */
  readonly acks: readonly number[]
  /** Sends until then only what was begun. Rejects when that is still not acknowledged long after. */
  stop(): Promise<void>
}

const writers = 24
const perBatch = 4
const patience = 60_000

/** Writers that send each batch until it is acknowledged, at another node after each failure, as clients behind a balancer do. */
export const startLoad = ({ urls, customers, ledger, random, name }: LoadOptions): Load => {
  const acks: number[] = []
  let made = 0
  let stopped = Number.POSITIVE_INFINITY

  const write = async (writer: number) => {
    for (let turn = writer; Date.now() < stopped; ) {
      const ids = Array.from({ length: perBatch }, () => `${name}-${made++}`)
      const batch = createBatch(ledger, ids, customers, random)
      while (!(await sendBatch(urls[turn % urls.length] ?? "", batch, ledger).catch(() => false))) {
        if (Date.now() > stopped + patience) throw new Error(`No node takes a batch any more, such as ${ids[0]}.`)
        turn++
        await pause(20 + 80 * random())
      }
      acks.push(Date.now())
    }
  }
  const writing = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
  // Heard at the end.
  writing.catch(() => {})
  return {
    acks,
    async stop() {
      stopped = Date.now()
      await writing
    },
  }
}
