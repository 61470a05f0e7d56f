import { type Millis, TellonceError } from "@tellonce/core"
import type { Transport, Wire, WireOptions } from "../transport/transport.ts"
import { createFarewell, type FarewellOptions } from "./farewell.ts"

/** All that goes over the wire. The last words go by themselves; for all else the transport is loaded, for as long as it takes. */
export interface Link extends Omit<Wire, "onItsWay" | "settle"> {
  /** The page may be going away; when `leaving`, what is under way will be cut. Resolves when all that went is answered. */
  sayFarewell(options: { readonly leaving: boolean }): Promise<void>
}

export interface LinkOptions extends Omit<WireOptions, "report">, FarewellOptions {
  /** Rejects when it cannot be loaded; asked again it tries again. */
  readonly transport: () => Promise<Transport>
  readonly report: (error: TellonceError) => void
}

/** Between two tries to load the transport: a file that the page's own script came with, or soon will. */
const pause: Millis = 10_000
/** As long as for a connection that says nothing. */
const patience: Millis = 45_000

const nothing: ReadonlySet<string> = new Set()

export const createLink = (options: LinkOptions): Link => {
  const { sleep, leads, onConnection, tried } = options
  const report: WireOptions["report"] = ({ code, message, cause }) =>
    options.report(new TellonceError(code, message, { cause }))
  const farewell = createFarewell(options, async (...answered) => {
    if (!wire && !closed) await tried.wait()
    wire?.settle(...answered)
  })
  let wire: Wire | undefined
  let closed = false
  let isMissing = false
  let waiting: AbortController

  const load = async () => {
    while (!wire && !closed) {
      // From here on: hope that comes while a try is about to fail is not lost with it.
      waiting = new AbortController()
      try {
        const transport = await loadWithin(options)
        if (!closed)
          wire = transport.start({ ...options, report, may: (held) => options.may(held) && !farewell.carries(held) })
      } catch (cause) {
        if (!isMissing) report({ code: "client/not_loaded", message: notLoaded, cause })
        isMissing = true
        if (leads()) onConnection("offline")
        tried.happen()
        await sleep(pause, waiting.signal)
      }
    }
    tried.happen()
  }
  void load()
  return {
    wake: () => wire?.wake(),
    restart: () => wire?.restart(),
    lead() {
      if (wire) wire.lead()
      else if (isMissing) onConnection("offline")
    },
    rest: () => wire?.rest(),
    nudge() {
      waiting.abort()
      wire?.nudge()
    },
    async flush() {
      waiting.abort()
      if (!wire && !closed) await tried.wait()
      await wire?.flush()
    },
    async sayFarewell({ leaving }) {
      await farewell.say(leaving || !wire ? nothing : wire.onItsWay())
      // What got no answer goes the ordinary way.
      wire?.wake()
    },
    close() {
      closed = true
      waiting.abort()
      wire?.close()
    },
  }
}

const loadWithin = ({ transport, sleep }: LinkOptions): Promise<Transport> => {
  const arrived = new AbortController()
  const late = sleep(patience, arrived.signal).then(() => {
    throw new Error("late")
  })
  return Promise.race([transport(), late]).finally(() => arrived.abort())
}

const notLoaded = "The transport does not load. Is it served? Signals are kept."
