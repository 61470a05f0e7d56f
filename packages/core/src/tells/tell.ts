import { TellonceError } from "../errors.ts"
import type { Signal } from "../signal.ts"
import type { Millis } from "../stamp.ts"

/** Facts by field name. */
export type Facts = Readonly<Record<string, unknown>>

/** Where a tell shows. */
export interface Trigger {
  /** The signal that crossed the line. */
  readonly signal: Signal
  /** By what it was recognised: the target clicked, the code of the error, the names or words found. */
  readonly found: readonly string[]
}

/** What a user chooses of every tell. */
export interface TellOptions<Stated extends Facts> {
  /** Names the tell within the ids of what it emits; two tells of one kind need two names. */
  readonly name?: string
  /** What is inferred, the same each time or following from what was found. */
  readonly fact: Stated | ((trigger: Trigger) => Stated)
}

/** A detector: pure, over one customer's signals in order. Make one with `defineTell`. */
export interface Tell<Stated extends Facts = Facts> extends Required<TellOptions<Stated>> {
  /**
   * How far before a trigger it may look. Over any part of the log that begins at least this much before a signal, the tell says the same
   * of that signal; `Infinity` needs the whole log.
   */
  readonly lookback: Millis
  /** The triggers among these signals: each once, ordered by time, then id. Asks nothing but its argument. */
  readonly find: (signals: readonly Signal[]) => readonly Trigger[]
}

const tellName = /^[a-z][a-z0-9.-]{0,31}$/

/** A tell of your own. It shows once when a line is crossed, not with every further event beyond it. */
export const defineTell = <const Stated extends Facts>(tell: Tell<Stated>): Tell<Stated> => {
  if (!tellName.test(tell.name)) {
    throw new TellonceError(
      "tell/name",
      `"${tell.name}" cannot name a tell. Begin with a small letter; then small letters, digits, "." and "-", 32 at most.`,
    )
  }
  return tell
}
