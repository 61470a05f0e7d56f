import type { Unsubscribe } from "@tellonce/core"
import type { Attributes } from "./to-attributes.ts"

/** Runs the task later, never at once, unless unsubscribed before. */
export type Schedule = (task: () => void) => Unsubscribe

export interface AttributePush {
  /** The attributes as they are now. Sent at once, then when the schedule says, and only what differs. */
  offer(attributes: Attributes): void
  /** Sends all of them again: a new conversation begins without any. */
  resend(): void
  stop(): void
}

export const createAttributePush = (target: {
  readonly put: (changed: Readonly<Record<string, Attributes[string] | null>>) => void
  /** None: each offer is sent at once. */
  readonly schedule?: Schedule | undefined
}): AttributePush => {
  const { put, schedule } = target
  let wanted: Attributes = {}
  let sent: Attributes = {}
  let rest: Unsubscribe | undefined
  const send = () => {
    const changed = difference(sent, wanted)
    if (Object.keys(changed).length === 0) return
    sent = wanted
    rest = schedule?.(() => {
      rest = undefined
      send()
    })
    put(changed)
  }
  return {
    offer: (attributes) => {
      wanted = attributes
      if (!rest) send()
    },
    resend: () => {
      const all = difference({}, sent)
      if (Object.keys(all).length > 0) put(all)
    },
    stop: () => {
      rest?.()
      rest = undefined
    },
  }
}

/** What turns `before` into `after`; null removes. */
const difference = (before: Attributes, after: Attributes): Record<string, Attributes[string] | null> => {
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name))
  return Object.fromEntries([
    ...gone.map((name) => [name, null] as const),
    ...Object.entries(after).filter(([name, value]) => before[name] !== value),
  ])
}
