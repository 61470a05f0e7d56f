import cliProgress from "cli-progress"

/** How far a copy is, on stderr; nothing where nobody watches. */
export interface Progress {
  /** From now on `total` things of this kind are awaited. */
  start(what: string, total: number): void
  add(done: number): void
  stop(): void
}

const silent: Progress = { start() {}, add() {}, stop() {} }

export const createProgress = (isShown: boolean): Progress => {
  if (!isShown) return silent
  const format = "{what} [{bar}] {percentage}% | {value} of {total} | {eta_formatted} left"
  const bar = new cliProgress.SingleBar({ format, stream: process.stderr, hideCursor: true })
  return {
    start(what, total) {
      bar.stop()
      bar.start(total, 0, { what: what.padEnd(9) })
    },
    add: (done) => bar.increment(done),
    stop: () => bar.stop(),
  }
}
