/** A stream of bytes to one reader, with a budget: a reader that does not read is cut off. */
export interface FeedPipe {
  readonly stream: ReadableStream<Uint8Array>
  write(bytes: Uint8Array): void
  /** Resolves when all has been taken and the reader asks for more, or the pipe has ended. */
  drained(): Promise<void>
  isOpen(): boolean
  /** To be called every two seconds: shows life, and cuts off a reader that has stood still. */
  beat(): void
  end(): void
  /** Ends at once; what was not read is dropped. */
  cut(): void
}

/**
 * A reader that holds this much unread is cut off; it comes back with the last id it has seen. What it has been handed and has not finished
 * with comes on top, so that it is half of what a reader may cost.
 */
const mostUnread = 524_288
/** In beats of two seconds: life is shown within 15 seconds, a stalled reader cut within 30. */
const beats = { life: 7, stalled: 14 }

const life = new TextEncoder().encode(": alive\n\n")

export const createFeedPipe = ({ onEnd }: { readonly onEnd: () => void }): FeedPipe => {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  let isOpen = true
  /** Everything has been taken, and more is asked for. Until then the last piece may still stand in a socket. */
  let isAsked = false
  let written = 0
  let progress = 0
  let lastProgress = 0
  let quietBeats = 0
  let stalledBeats = 0
  let onDrained: (() => void) | undefined

  const unread = () => -(controller?.desiredSize ?? 0)
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
    isAsked = false
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
        isAsked = true
        progress += 1
        wake()
      },
      cancel: () => finish(() => {}),
    },
    // Nothing is asked for in advance: to be asked means that a reader waits.
    new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
  )
  return {
    stream,
    write,
    end,
    cut,
    isOpen: () => isOpen,
    drained: () =>
      !isOpen || isAsked
        ? Promise.resolve()
        : new Promise((resolve) => {
            onDrained = resolve
          }),
    beat() {
      const now = progress + written - unread()
      stalledBeats = !isAsked && written > 0 && now === lastProgress ? stalledBeats + 1 : 0
      lastProgress = now
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
