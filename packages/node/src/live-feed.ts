import { encodeContext, isEvent, type LoggedSignal, type Millis, type Store } from "@tellonce/core"
import type { Customer } from "./read-customer.ts"

export interface LiveFeedOptions {
  readonly store: Store
  /** Reads the customer anew: who they are can change while the feed runs. */
  readonly read: () => Promise<Customer>
  readonly clock: () => Millis
  /** The last event the reader has seen; 0 for a reader that has seen nothing. */
  readonly lastEventId: number
  /** When the credential ends, the feed ends. */
  readonly expiresAt: Millis | undefined
}

/** A reader that holds this much unread is cut off; it comes back with the last id it has seen. */
const mostUnread = 1_048_576
/** More than this was missed: a snapshot is shorter. */
const mostReplayed = 1_000
const heartbeat: Millis = 15_000

/**
 * Server-sent events of one customer: a `snapshot` of all that is known, then `signals` as they are kept. Events are gathered from
 * before the first read on, so that nothing falls between the two; an event that comes twice changes nothing, since the join is idempotent.
 */
export const liveFeed = (options: LiveFeedOptions): ReadableStream<Uint8Array> => {
  const { store, clock, expiresAt } = options
  const encoder = new TextEncoder()
  let stop = () => {}
  return new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        let open = true
        const close = () => {
          if (open) controller.close()
          stop()
        }
        const write = (text: string) => {
          if (!open) return
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(text))
          else close()
        }
        const follow = followCustomer(options, write, close)
        const unwatch = store.watch(follow.take)
        const beat = setInterval(() => write(": alive\n\n"), heartbeat)
        const end = expiresAt === undefined ? undefined : setTimeout(close, Math.min(expiresAt - clock(), 2 ** 31 - 1))
        stop = () => {
          open = false
          unwatch()
          clearInterval(beat)
          clearTimeout(end)
        }
        await follow.start().catch(close)
      },
      cancel: () => stop(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: mostUnread }),
  )
}

const followCustomer = (
  { store, read, clock, lastEventId }: LiveFeedOptions,
  write: (text: string) => void,
  close: () => void,
) => {
  let keys: ReadonlySet<string> = new Set()
  let sent = 0
  /** Signals kept while the customer is being read; undefined when they go out at once. */
  let waiting: LoggedSignal[] | undefined = []

  const send = (event: string, seq: number, body: object) => {
    sent = Math.max(sent, seq)
    write(`id: ${sent}\nevent: ${event}\ndata: ${JSON.stringify({ now: clock(), seq: sent, ...body })}\n\n`)
  }
  const sendSignals = (added: readonly LoggedSignal[]) => {
    const ours = added.filter(({ key }) => keys.has(key))
    const last = ours.at(-1)
    if (last) send("signals", last.seq, { signals: ours.map(({ signal }) => signal) })
    return ours
  }
  const snapshot = async () => {
    waiting ??= []
    const { identities, context, seq } = await read()
    keys = new Set(identities)
    send("snapshot", seq, { identities, context: JSON.parse(encodeContext(context)) })
    release()
  }
  const release = () => {
    const kept = waiting ?? []
    waiting = undefined
    take(kept)
  }
  const take = (added: readonly LoggedSignal[]) => {
    if (waiting) waiting.push(...added)
    else if (sendSignals(added).some(({ signal }) => changesWho(signal))) void snapshot().catch(close)
  }
  const start = async () => {
    if (lastEventId === 0) return snapshot()
    const customer = await read()
    const missed = await store.log({ keys: customer.identities, after: lastEventId, limit: mostReplayed })
    if (missed.length === mostReplayed || lastEventId > customer.seq || missed.some(({ signal }) => changesWho(signal)))
      return snapshot()
    keys = new Set(customer.identities)
    sent = lastEventId
    sendSignals(missed)
    release()
  }
  return { take, start }
}

const changesWho = (signal: LoggedSignal["signal"]): boolean =>
  isEvent(signal.event, "linked") || isEvent(signal.event, "unlinked")
