import { compareSignals } from "../compare-signals.ts"
import { TellonceError } from "../errors.ts"
import { identityKey } from "../identity.ts"
import type { Signal } from "../signal.ts"
import type { Tell, Trigger } from "./tell.ts"
import { tellId } from "./tell-id.ts"

/** The source of every inferred signal. */
export const tellSource = "tellonce.tells"

/**
 * What the tells infer from one customer's signals, ordered by time, then id. The same signals in any order, any of them twice, or with
 * what was inferred before among them, give the same; so recording it again changes nothing.
 */
export const runTells = (tells: readonly Tell[], signals: readonly Signal[]): readonly Signal[] => {
  const names = tells.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    throw new TellonceError("tell/name", `Two tells are named "${twice}". Give one of them a name of its own.`)
  }
  const heard = inOrder(signals)
  return tells.flatMap((tell) => tell.find(heard).map((trigger) => toInferred(tell, trigger))).sort(compareSignals)
}

/** Each signal once, of a reused id the first. What tells inferred is no ground to infer more. */
const inOrder = (signals: readonly Signal[]): readonly Signal[] => {
  const heard = new Set<string>()
  return signals
    .filter(({ source }) => source !== tellSource)
    .sort(compareSignals)
    .filter(({ identity, source, id }) => {
      const once = JSON.stringify([identityKey(identity), source, id])
      return !heard.has(once) && heard.add(once)
    })
}

const toInferred = ({ name, fact }: Tell, trigger: Trigger): Signal => {
  const { id, at, identity, channel, matter } = trigger.signal
  return {
    id: tellId(name, id),
    at,
    identity,
    authority: "inferred",
    channel,
    source: tellSource,
    ...(matter !== undefined && { matter }),
    facts: typeof fact === "function" ? fact(trigger) : fact,
  }
}
