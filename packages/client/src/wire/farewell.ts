import { idOf } from "../kept/outbox.ts"
import type { Held } from "../told/held.ts"
import type { SendQueue } from "../told/send-queue.ts"
import { batchFrame } from "../told/take-batch.ts"
import type { Reply } from "../transport/answer.ts"
import type { Credentials } from "../who/credentials.ts"
import type { Parting } from "./parting.ts"

export interface FarewellOptions {
  readonly queue: SendQueue
  readonly credentials: Credentials
  readonly parting: Parting
  readonly may: (held: Held) => boolean
}

/** Makes of a reply what it says of the batch. Resolves when it is settled, or cannot be read. */
type Settle = (batch: readonly Held[], reply: Reply, token: string) => Promise<void>

/** Browsers let 64 KiB outlive a page, over all its requests; beyond it they refuse the whole request. */
const allowance = 60_000

/**
 * Requests that outlive the page, one for each owner, with what fits into all of them. Everything stays in the outbox until an answer is
 * read, so what does not fit or does not arrive goes with the next page. `except`: on its way already. `carries` tells what is on its way
 * by them.
 */
export const createFarewell = ({ queue, credentials, parting, may }: FarewellOptions, settle: Settle) => {
  const leaving = new Map<string, number>()
  const sendNext = async (except: ReadonlySet<string>): Promise<void> => {
    const left = allowance - [...leaving.values()].reduce((sum, bytes) => sum + bytes + batchFrame, 0)
    const mayLeave = (held: Held) =>
      !except.has(idOf(held)) &&
      !leaving.has(idOf(held)) &&
      held.bytes + batchFrame < left &&
      may(held) &&
      credentials.known(held.owner) !== undefined
    const batch = queue.next(mayLeave, { signals: 100, bytes: left })
    const token = batch[0] && credentials.known(batch[0].owner)
    if (!token) return
    queue.sending(batch)
    for (const { signal, bytes } of batch) leaving.set(signal.id, bytes)
    const sending = parting(
      batch.map(({ signal }) => signal),
      token,
    )
    const others = sendNext(except)
    const reply = await sending
    for (const { signal } of batch) leaving.delete(signal.id)
    if (reply) await settle(batch, reply, token)
    await others
  }
  return { say: sendNext, carries: ({ signal }: Held) => leaving.has(signal.id) }
}
