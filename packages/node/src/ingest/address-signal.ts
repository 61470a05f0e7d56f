import { type Addressed, identityKey, isEvent, linkEnds, type Millis, type Signal } from "@tellonce/core"

/**
 * Whose contexts a signal goes to. A proven link goes to both its ends. A claim stays with whoever made it: anyone may claim to be
 * anyone, and what strangers claim must not fill, wake or show in the context of the one they name.
 */
export const addressSignal = (signal: Signal, received: Millis): readonly Addressed[] => {
  const { event } = signal
  const ends = isEvent(event, "linked") && event.proof === "claimed" ? [signal] : linkEnds(signal)
  return ends.map((end) => ({ key: identityKey(end.identity), signal: end, received }))
}

/** Linking an identity to itself says nothing; whatever else the signal says is kept. */
export const withoutSelfLink = (signal: Signal): Signal => {
  const { event } = signal
  if (!isEvent(event, "linked", "unlinked") || identityKey(event.to) !== identityKey(signal.identity)) return signal
  const { event: _event, ...rest } = signal
  return rest
}
