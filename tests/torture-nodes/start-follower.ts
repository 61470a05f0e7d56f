import { setTimeout as pause } from "node:timers/promises"
import { type FeedEvent, type Follower, follow } from "../promises/follow.ts"
import { secret } from "../torture/torture-context.ts"

export interface FollowerReport {
  /** Every signal id it was told of. */
  readonly told: ReadonlySet<string>
  /** How often it went on at another node, and how often it was told to begin anew instead. */
  readonly resumed: number
  readonly resets: number
}

export interface RunningFollower extends FollowerReport {
  readonly customer: string
  close(): void
}

interface Snapshot {
  readonly context?: { readonly fields: Readonly<Record<string, readonly { readonly id: string }[]>> }
}

/** A reader of one customer's live feed that goes on at the next node with Last-Event-ID when its own is gone. */
export const startFollower = async (
  urls: readonly string[],
  customer: string,
  first: number,
): Promise<RunningFollower> => {
  const state = { told: new Set<string>(), resumed: 0, resets: 0, customer, close: () => {} }
  let place: number | undefined
  let isOpen = true
  const onEvent = ({ event, id, data }: FeedEvent) => {
    place = id ?? place
    if (event === "reset") state.resets++
    for (const signal of data.signals ?? []) state.told.add(signal.id)
    for (const { id } of (data as Snapshot).context?.fields.hits ?? []) state.told.add(id)
  }
  const join = (turn: number): Promise<Follower> =>
    follow({ url: urls[turn % urls.length] ?? "", customer, credential: secret, lastEventId: place, onEvent })
  const goOn = async (follower: Follower, turn: number) => {
    state.close = () => {
      isOpen = false
      follower.close()
    }
    await follower.ended
    while (isOpen) {
      turn++
      const next = await join(turn).catch(() => pause(100))
      if (!next) continue
      state.resumed++
      return void goOn(next, turn)
    }
  }
  void goOn(await join(first), first)
  return state
}
