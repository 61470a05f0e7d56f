/** What one figure must be to keep its promise; without a bound it is only shown. */
export interface Limit {
  readonly promise: string
  readonly what: string
  readonly unit: string
  readonly atMost?: number
  readonly atLeast?: number
}

const limit = (promise: string, what: string, unit: string, bound: Pick<Limit, "atMost" | "atLeast"> = {}): Limit => ({
  promise,
  what,
  unit,
  ...bound,
})
const none = { atMost: 0 }

/** Every promise with a number that is measured here, by the figure that shows it. */
export const limits = {
  liveP95: limit("P16", "from a post to its arrival at a reader, p95, at 200 signals/s", "ms", { atMost: 250 }),
  liveRate: limit("P16", "signals posted a second meanwhile", "/s", { atLeast: 180 }),
  resumes: limit("P16", "interruptions resumed by Last-Event-ID under that load", "", { atLeast: 1 }),
  resumeFaults: limit("P16", "changes missed, doubled or out of order over them", "", none),
  replayFaults: limit("P16", "the same in one replay of the longest window", "", none),
  silentGaps: limit("P16", "readers beyond the window not told `reset`, then a snapshot", "", none),

  stalledGrowth: limit("P17", "memory grown by 200 stalled streams", "MB", { atMost: 128 }),
  stalledCut: limit("P17", "until the last of them is cut, after the last word to them", "s", { atMost: 30 }),
  stalledOthers: limit("P17", "others' p95 beside them ÷ beside streams that read", "×", { atMost: 2 }),

  revokedStatus: limit("P18", "next requests with a revoked token not answered 401", "", none),
  revokedStreams: limit("P18", "until its streams are closed", "s", { atMost: 5 }),

  overloadOffered: limit("P19", "requests offered ÷ saturating rate", "×", { atLeast: 4.5 }),
  overloadPeak: limit("P19", "saturating rate", "requests/s"),
  overloadP99: limit("P19", "accepted requests, p99", "ms", { atMost: 1_000 }),
  overloadGoodput: limit("P19", "goodput ÷ saturating rate", "×", { atLeast: 0.8 }),
  overloadRefusedP99: limit("P19", "refused requests, p99", "ms", { atMost: 100 }),
  overloadOdd: limit("P19", "answers that are neither 200 nor 429/503 with Retry-After", "", none),
  overloadMemory: limit("P19", "memory of the process at its highest", "MB", { atMost: 512 }),
  overloadHealth: limit("P19", "health, slowest", "ms", { atMost: 200 }),
  overloadCalm: limit("P19", "until 20 writes in a row are accepted again", "s", { atMost: 10 }),
  overloadLag: limit("P19", "the sender's own lag, p99", "ms"),

  hostileWait: limit("P21", "health each 10 ms beside each hostile or heavy input, longest wait", "ms", {
    atMost: 100,
  }),
  hostileMemory: limit("P21", "memory grown by them", "MB", { atMost: 150 }),
  hostileMail: limit("P21", "event loop held up by a hostile mail, longest", "ms", { atMost: 100 }),

  foreignGap: limit("P24", "foreign and absent customers, difference of the medians", "ms", { atMost: 0.999 }),
  foreignBytes: limit("P24", "answers that hold a foreign byte", "", none),
  neighbourRatio: limit("P24", "B's p95 beside A at 10× its quota ÷ alone", "×", { atMost: 1.5 }),
  neighbourRefused: limit("P24", "share of A's requests that got 429", "", { atLeast: 0.5 }),

  readyAfterKill: limit("P33", "from the start to ready, after kill -9", "s", { atMost: 5 }),
  signalsInFile: limit("P33", "signals in that file", ""),
  drained: limit("P33", "from SIGTERM under load to the end", "s", { atMost: 10 }),
  drainLost: limit("P33", "answered signals that are not there afterwards", "", none),
  drainAcked: limit("P33", "answered signals looked for", "", { atLeast: 1 }),
  secondAdmitted: limit("P33", "second processes admitted to the file", "", none),

  soakSlope: limit("P34", "memory, after the warm-up", "MB/10 min", { atMost: 1 }),
  soakFds: limit("P34", "open files more at the end than after the warm-up", "", none),
  soakWal: limit("P34", "WAL at its largest", "MB", { atMost: 64 }),
  soakRate: limit("P34", "signals accepted a second", "/s", { atLeast: 90 }),
  soakMinutes: limit("P34", "length", "min"),
} as const satisfies Readonly<Record<string, Limit>>

export type FigureName = keyof typeof limits

/** What a part measured. A figure that could not be had is NaN, and keeps no promise. */
export type Figures = Readonly<Partial<Record<FigureName, number>>>
