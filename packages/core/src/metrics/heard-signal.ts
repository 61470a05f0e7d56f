import type { Signal } from "../signal.ts"
import type { Millis } from "../stamp.ts"

/** A signal of the log, with whose context it changed and when the service kept it. */
export interface HeardSignal extends Signal {
  readonly key: string
  readonly received: Millis
  /** Names the customer: one for all identities that verified links join at the end of the log. */
  readonly customer: string
  /** Names the matter of this customer it belongs to, or all they dealt with outside of any matter. */
  readonly thread: string
}
