import type { Signal } from "@tellonce/core"

/** A signal and its place in the fake's log. */
export interface FakeLogged {
  readonly seq: number
  readonly key: string
  readonly signal: Signal
}

export interface FakeReader {
  readonly keys: () => readonly string[]
  readonly snapshot: () => { readonly seq: number } & Readonly<Record<string, unknown>>
}

export interface FakeFeed {
  open(reader: FakeReader, missed: readonly FakeLogged[] | undefined, signal: AbortSignal): ReadableStream<Uint8Array>
  publish(added: readonly FakeLogged[]): void
  /** Everyone gets a snapshot, in place of all they knew. */
  resend(): void
  heartbeat(): void
  /** Ends all streams, as a restart does. */
  cut(): void
  /** How many streams are open. */
  size(): number
}

interface Subscriber {
  readonly reader: FakeReader
  readonly write: (text: string) => void
  readonly end: () => void
}

export const createFakeFeed = (now: () => number): FakeFeed => {
  const open = new Set<Subscriber>()
  const event = (name: string, seq: number, body: object) =>
    `id: ${seq}\nevent: ${name}\ndata: ${JSON.stringify({ now: now(), seq, ...body })}\n\n`
  const send = ({ reader, write }: Subscriber, logged: readonly FakeLogged[]) => {
    const ours = logged.filter(({ key }) => reader.keys().includes(key))
    const last = ours.at(-1)
    if (last) write(event("signals", last.seq, { signals: ours.map(({ signal }) => signal) }))
  }
  const sendSnapshot = ({ reader, write }: Subscriber) => {
    const snapshot = reader.snapshot()
    write(event("snapshot", snapshot.seq, snapshot))
  }
  return {
    open(reader, missed, signal) {
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
      const writer = writable.getWriter()
      const encoder = new TextEncoder()
      const subscriber: Subscriber = {
        reader,
        write: (text) => void writer.write(encoder.encode(text)).catch(() => open.delete(subscriber)),
        end: () => {
          if (open.delete(subscriber)) void writer.close().catch(() => undefined)
        },
      }
      open.add(subscriber)
      signal.addEventListener("abort", subscriber.end)
      void writer.closed.catch(() => open.delete(subscriber))
      if (missed) send(subscriber, missed)
      else sendSnapshot(subscriber)
      return readable
    },
    publish(added) {
      for (const subscriber of open) send(subscriber, added)
    },
    resend() {
      for (const subscriber of open) sendSnapshot(subscriber)
    },
    heartbeat() {
      for (const { write } of open) write(": alive\n\n")
    },
    cut() {
      for (const { end } of [...open]) end()
    },
    size: () => open.size,
  }
}
