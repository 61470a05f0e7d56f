import type { ContextDefinition, Fields, Statement, Unsubscribe, View } from "@tellonce/core"
import { createLine, type Source } from "./create-line.ts"
import { firstReading, laidOver, portReading, type Reading } from "./reading.ts"

/** Calls back whenever time may have made a value stale, until unsubscribed. */
export type Schedule = (again: () => void) => Unsubscribe

export interface StoreOptions<F extends Fields> {
  readonly definition: ContextDefinition<F>
  readonly source: Source<F>
  readonly initialView: View<F> | undefined
  readonly schedule: Schedule
}

/** A context as `useSyncExternalStore` wants it. It listens only while somebody listens to it. */
export interface ContextStore<F extends Fields> {
  /** What server and page agree on. */
  readonly first: Reading<F>
  /** The same object until something is heard or time has passed. */
  read(): Reading<F>
  subscribe(listener: () => void): Unsubscribe
  record(statement: Statement): void
  /** Keeps connected what was connected, until released. */
  hold(): Unsubscribe
}

export const createContextStore = <F extends Fields>(options: StoreOptions<F>): ContextStore<F> => {
  const { definition, source, initialView, schedule } = options
  const first = firstReading(definition, initialView)
  const line = createLine(source)
  const listeners = new Set<() => void>()
  // To connect is a deed, and not done while React renders.
  let reading = "connect" in source ? first : undefined
  let stops: Unsubscribe[] = []
  const look = () =>
    initialView === undefined || line.hasArrived()
      ? portReading(definition, line.port(), line.isReached())
      : laidOver(definition, first, line.port())
  const refresh = () => {
    reading = look()
    for (const listener of [...listeners]) listener()
  }
  return {
    first,
    read() {
      reading ??= look()
      return reading
    },
    subscribe(listener) {
      listeners.add(listener)
      if (listeners.size === 1) {
        stops = [line.follow(refresh), schedule(refresh)]
        reading = look()
      }
      return () => {
        if (!listeners.delete(listener) || listeners.size > 0) return
        for (const stop of stops.splice(0)) stop()
      }
    },
    record: line.record,
    hold: line.hold,
  }
}
