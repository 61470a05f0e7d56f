/** A stream of bytes to one reader, with a budget: a reader that does not read is cut off. */
export interface FeedPipe {
  readonly stream: ReadableStream<Uint8Array>
  write(bytes: Uint8Array): void
  /** Resolves when there is room again, or the pipe has ended. */
  drained(): Promise<void>
  isOpen(): boolean
  /** To be called every two seconds: shows life, and cuts off a reader that has stood still. */
  beat(): void
  end(): void
  /** Ends at once; what was not read is dropped. */
  cut(): void
}

/** A reader that holds this much unread is cut off; it comes back with the last id it has seen. */
const mostUnread = 1_048_576
/** In beats of two seconds: life is shown within 15 seconds, a stalled reader cut within 30. */
const beats = { life: 7, stalled: 14 }

const life = new TextEncoder().encode(": alive\n\n")

export const createFeedPipe = ({ onEnd }: { readonly onEnd: () => void }): FeedPipe => {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  let isOpen = true
  let written = 0
  let taken = 0
  let quietBeats = 0
  let stalledBeats = 0
  let onDrained: (() => void) | undefined

  const unread = () => mostUnread - (controller?.desiredSize ?? mostUnread)
  const wake = () => {
    onDrained?.()
    onDrained = undefined
  }
  const finish = (last: () => void) => {
    if (!isOpen) return
    isOpen = false
    last()
    wake()
    onEnd()
  }
  const cut = () => finish(() => controller?.error(new CutOff("The reader has stood still.")))
  const end = () => (unread() > 0 ? cut() : finish(() => controller?.close()))
  const write = (bytes: Uint8Array) => {
    if (!isOpen) return
    if (unread() >= mostUnread) return cut()
    controller?.enqueue(bytes)
    written += bytes.byteLength
    quietBeats = 0
  }
  const stream = new ReadableStream<Uint8Array>(
    {
      start(given) {
        controller = given
      },
      pull() {
        if (unread() < mostUnread / 2) wake()
      },
      cancel: () => finish(() => {}),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: mostUnread }),
  )
  return {
    stream,
    write,
    end,
    cut,
    isOpen: () => isOpen,
    drained: () =>
      !isOpen || unread() < mostUnread / 2
        ? Promise.resolve()
        : new Promise((resolve) => {
            onDrained = resolve
          }),
    beat() {
      const now = written - unread()
      stalledBeats = unread() > 0 && now === taken ? stalledBeats + 1 : 0
      taken = now
      quietBeats += 1
      if (stalledBeats >= beats.stalled) cut()
      else if (quietBeats >= beats.life) write(life)
    },
  }
}

/** Named as Node names a connection that was closed early, which no host reports as a failure of its own. */
class CutOff extends Error {
  readonly code = "ERR_STREAM_PREMATURE_CLOSE"
}
