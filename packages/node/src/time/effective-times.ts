import { compareText, type Millis } from "@tellonce/core"

/** What a writer says of the time of one of its signals. */
export interface TimeClaim {
  readonly id: string
  readonly at: Millis
  readonly source: string
}

/** Older than this is refused: the duplicates of that time are no longer known. */
export const oldestTaken: Millis = 30 * 86_400_000

/** A request is on its way for so long, and clocks differ by so much, without anything being wrong. */
const tolerance: Millis = 30_000

/**
 * The times a batch counts with: claimed, moved by what the sender's clock is wrong, and never later than received. Of one writer what
 * claims the future is proven wrong, so its place in the batch orders it: not later than the writer's next one. See docs/decisions/0008.
 */
export const effectiveTimes = (
  claims: readonly TimeClaim[],
  { received, sentAt }: { readonly received: Millis; readonly sentAt?: Millis | undefined },
): readonly Millis[] => {
  const wrongBy = sentAt === undefined ? 0 : received - sentAt
  const shift = Math.abs(wrongBy) > tolerance ? wrongBy : 0
  const times = claims.map(({ at }) => at + shift)
  return times.some((at) => at > received) ? notAfter(claims, times, received) : times
}

/** Where the writer's next signal came to stand. `below` is the time it would have without making room; undefined for a claim taken as it is. */
interface Next {
  readonly at: Millis
  readonly id: string
  readonly below?: Millis
}

const notAfter = (claims: readonly TimeClaim[], times: readonly Millis[], received: Millis): readonly Millis[] => {
  const nexts = new Map<string, Next>()
  const effective = [...times]
  for (const [index, { source, id }] of [...claims.entries()].reverse()) {
    const next = place({ id, at: times[index] ?? received }, nexts.get(source), received)
    // What is refused for its age says nothing of the others.
    if (received - next.at <= oldestTaken) nexts.set(source, next)
    effective[index] = next.at
  }
  return effective
}

const place = ({ id, at }: Pick<TimeClaim, "id" | "at">, next: Next | undefined, received: Millis): Next => {
  if (at > received) return { id, at: before(next, id, received), below: next?.below ?? next?.at ?? received }
  // A true claim gives way only where those after it made room for each other just here.
  const isInTheWay = next?.below !== undefined && at <= next.below && at >= next.at
  return isInTheWay ? { id, at: before(next, id, received), below: next.below } : { id, at }
}

/** Equal times are settled by the ids, so one that would win wrongly gives way by a millisecond. */
const before = (next: Next | undefined, id: string, received: Millis): Millis => {
  if (next === undefined) return received
  return compareText(id, next.id) < 0 ? next.at : next.at - 1
}
