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

export interface AttributePushOptions {
  /** May throw, or reject: what was not taken goes along with the next that is sent. */
  readonly put: (changed: Changed) => unknown
  /** None: each offer is sent at once. */
  readonly schedule?: Schedule | undefined
  readonly onError: (error: unknown) => void
}

type Changed = Readonly<Record<string, Attributes[string] | null>>

export const createAttributePush = ({ put, schedule, onError }: AttributePushOptions): AttributePush => {
  let wanted: Attributes = {}
  /** As far as is known: undefined is what failed, and may be there or not. */
  let taken: Readonly<Record<string, Attributes[string] | undefined>> = {}
  let rest: Unsubscribe | undefined
  /** Was there an offer during the rest? What failed is not tried again without one. */
  let isDue = false
  const send = (changed: Changed) => {
    const names = Object.keys(changed)
    isDue = false
    if (names.length === 0) return
    const fail = (error: unknown) => {
      taken = { ...taken, ...Object.fromEntries(names.map((name) => [name, undefined])) }
      onError(error)
    }
    taken = wanted
    rest ??= schedule?.(() => {
      rest = undefined
      if (isDue) send(difference(taken, wanted))
    })
    try {
      Promise.resolve(put(changed)).catch(fail)
    } catch (error) {
      fail(error)
    }
  }
  return {
    offer: (attributes) => {
      wanted = attributes
      if (rest) isDue = true
      else send(difference(taken, wanted))
    },
    resend: () => send({ ...difference(taken, wanted), ...wanted }),
    stop: () => {
      rest?.()
      rest = undefined
    },
  }
}

/** What turns `before` into `after`; null removes. */
const difference = (before: Readonly<Record<string, unknown>>, after: Attributes): Changed => {
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name))
  return Object.fromEntries([
    ...gone.map((name) => [name, null] as const),
    ...Object.entries(after).filter(([name, value]) => before[name] !== value),
  ])
}
