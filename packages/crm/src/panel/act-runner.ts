import { isTellonceError } from "@tellonce/core"
import type { ReactiveController, ReactiveControllerHost } from "lit"

/** Runs what the agent does, each thing once at a time, and knows what is under way and what has failed. */
export interface ActRunner {
  /** `after` runs when it has worked. */
  run(name: string, act: () => Promise<unknown>, after?: () => void): void
  isRunning(name: string): boolean
  /** Why it failed last, in words; undefined when it has not. */
  failure(name: string): string | undefined
}

export const createActRunner = (
  host: ReactiveControllerHost,
  onEnd: (outcome: "done" | "failed") => void,
): ActRunner & ReactiveController => {
  const running = new Set<string>()
  const failures = new Map<string, string>()
  const runner: ActRunner & ReactiveController = {
    // Forgets what has failed with the panel that showed it.
    hostDisconnected: () => failures.clear(),
    isRunning: (name) => running.has(name),
    failure: (name) => failures.get(name),
    run(name, act, after) {
      if (running.has(name)) return
      running.add(name)
      failures.delete(name)
      host.requestUpdate()
      const end = (outcome: "done" | "failed") => {
        running.delete(name)
        onEnd(outcome)
        host.requestUpdate()
      }
      new Promise((begun) => begun(act())).then(
        () => {
          after?.()
          end("done")
        },
        (cause: unknown) => {
          failures.set(name, isTellonceError(cause) ? cause.message : "")
          end("failed")
        },
      )
    },
  }
  host.addController(runner)
  return runner
}
