import type { Millis } from "@tellonce/core"

/** How long a host is waited for. A vendor's own limit is five minutes with one and none with another. */
export const hostPatience: Millis = 5_000

/** What the host answers; undefined when it refuses, throws or keeps silent for too long. */
export const answerWithin = (ask: () => unknown, patience: Millis): Promise<unknown> =>
  new Promise((answered) => {
    const timer = setTimeout(() => answered(undefined), patience)
    const end = (answer: unknown) => {
      clearTimeout(timer)
      answered(answer)
    }
    new Promise((begun) => begun(ask())).then(end, () => end(undefined))
  })
