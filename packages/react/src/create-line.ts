import type { Fields, Statement, Unsubscribe } from "@tellonce/core"
import type { ReactPort } from "./react-port.ts"

/** Where a port comes from: the app's own, or one made for the page, which is closed with it. */
export type Source<F extends Fields> = { readonly context: ReactPort<F> } | { readonly connect: () => ReactPort<F> }

/** The way to a port: when it is made, whether it is in reach, when it is closed. */
export interface Line<F extends Fields> {
  /** Makes it when it is first called for, and anew for a holder where the last was closed. */
  port(): ReactPort<F>
  /** What comes when nobody holds it any more reaches the closed port, which reports it, and not a new one. */
  record(statement: Statement): void
  isReached(): boolean
  /** Has it been in reach once? */
  hasArrived(): boolean
  /** Calls back whenever what the port says may have changed. Makes a new port where the last was closed. */
  follow(listener: () => void): Unsubscribe
  /** Closes what was made, one turn after the last holder has let go: React's StrictMode lets go and holds again in the same turn. */
  hold(): Unsubscribe
}

export const createLine = <F extends Fields>(source: Source<F>): Line<F> => {
  let open: { readonly port: ReactPort<F>; isReady: boolean; hasArrived: boolean; isClosed: boolean } | undefined
  let holders = 0
  const get = () => {
    if (open?.isClosed && holders > 0) open = undefined
    open ??= {
      port: "context" in source ? source.context : source.connect(),
      isReady: false,
      hasArrived: false,
      isClosed: false,
    }
    return open
  }
  const isReached = () => {
    const current = get()
    const { port, isReady } = current
    const reached = (isReady || !port.ready) && (!port.status || port.status().connection === "live")
    current.hasArrived ||= reached
    return reached
  }
  const close = () => {
    if (holders > 0 || open === undefined || open.isClosed || "context" in source) return
    open.isClosed = true
    open.port.close?.()
  }
  return {
    port: () => get().port,
    record(statement) {
      const say = () => get().port.record(statement)
      // The provider may be about to hold again: the effects of its children come first.
      if (open?.isClosed && holders === 0) queueMicrotask(say)
      else say()
    },
    isReached,
    hasArrived: () => isReached() || get().hasArrived,
    follow(listener) {
      if (open?.isClosed) open = undefined
      const current = get()
      const arrive = () => {
        current.isReady = true
        if (open === current) listener()
      }
      current.port.ready?.().then(arrive, arrive)
      const stops = [current.port.subscribe(listener), current.port.on?.("status", listener)]
      return () => {
        for (const stop of stops) stop?.()
      }
    },
    hold() {
      holders++
      return () => {
        holders--
        queueMicrotask(close)
      }
    },
  }
}
