import type { LeasedOutgoing, Millis, ServiceStore } from "@tellonce/core"

/** What is known of a signal whose log row is gone, or was changed by a sweep: that it came. */
export interface SweptSignal {
  readonly key: string
  readonly source: string
  readonly id: string
  readonly received: Millis
  /** Is there still a row of it in the log? */
  readonly isLogged: boolean
}

export interface UsedName {
  readonly name: string
  readonly until: Millis
}

/** `due` is absent for what is parked. */
export type WaitingOutgoing = Omit<LeasedOutgoing, "tries"> & { readonly due?: Millis }

/** What a store keeps that its port gives nobody: a copy without it would take a swept signal again, or let a single-use link be used twice. */
export interface Remains {
  swept(): Iterable<readonly SweptSignal[]>
  names(): Iterable<readonly UsedName[]>
  waiting(): Iterable<readonly WaitingOutgoing[]>
}

/** What a copy reads. */
export interface CopySource extends Pick<ServiceStore, "keys" | "read" | "log" | "audit" | "chains" | "close"> {
  /** Absent where the store does not tell. */
  readonly remains?: Remains
}
