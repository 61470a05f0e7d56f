/** What became of all that this client had in hand: `captured` is always `acked` + `queued` + all of `dropped`. */
export interface Counts {
  /** Told here, and taken over from earlier pages and other tabs. */
  readonly captured: number
  /** On the service's disk. */
  readonly acked: number
  readonly queued: number
  /** Per reason, a stable code. */
  readonly dropped: Readonly<Record<string, number>>
}

export const createCounts = (queued: () => number) => {
  let captured = 0
  let acked = 0
  const dropped: Record<string, number> = {}
  return {
    captured(count: number) {
      captured += count
    },
    acked(count: number) {
      acked += count
    },
    dropped(code: string) {
      dropped[code] = (dropped[code] ?? 0) + 1
    },
    read: (): Counts => ({ captured, acked, queued: queued(), dropped: { ...dropped } }),
  }
}
