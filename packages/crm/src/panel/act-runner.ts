import { isTellonceError } from "@tellonce/core"
import type { ReactiveController, ReactiveControllerHost } from "lit"

/** Runs what the agent does, each thing once at a time, and knows what is under way and what has failed. */
export interface ActRunner {
  /** `after` runs when it has worked. */
  run(name: string, act: () => Promise<unknown>, after?: () => void): void
  isRunning(name: string): boolean
  /** Why it failed last, in words; undefined when it has not. Forgotten once a drawing does not ask for it. */
  failure(name: string): string | undefined
}

/** The runner of a panel, which turns from one customer to the next. */
export interface PanelRunner extends ActRunner, ReactiveController {
  /** What is under way goes on, and how it ends is not heard here. */
  forget(): void
}

type Act = "running" | { readonly failure: string }

export const createActRunner = (
  host: ReactiveControllerHost,
  onEnd: (outcome: "done" | "failed") => void,
): PanelRunner => {
  let acts = new Map<string, Act>()
  const drawn = new Set<string>()
  const dropFailures = (isKept: (name: string) => boolean) => {
    for (const [name, act] of acts) if (act !== "running" && !isKept(name)) acts.delete(name)
  }
  const runner: PanelRunner = {
    hostUpdate: () => drawn.clear(),
    hostUpdated: () => dropFailures((name) => drawn.has(name)),
    hostDisconnected: () => dropFailures(() => false),
    forget() {
      acts = new Map()
    },
    isRunning: (name) => acts.get(name) === "running",
    failure(name) {
      drawn.add(name)
      const act = acts.get(name)
      return typeof act === "object" ? act.failure : undefined
    },
    run(name, act, after) {
      const mine = acts
      if (mine.get(name) === "running") return
      mine.set(name, "running")
      host.requestUpdate()
      void failureOf(act).then((failure) => {
        if (mine !== acts) return
        mine.delete(name)
        if (failure === undefined) after?.()
        else mine.set(name, { failure })
        onEnd(failure === undefined ? "done" : "failed")
        host.requestUpdate()
      })
    },
  }
  host.addController(runner)
  return runner
}

/** Why it has failed, in words; undefined when it has worked. */
const failureOf = async (act: () => Promise<unknown>): Promise<string | undefined> => {
  try {
    await act()
    return undefined
  } catch (cause) {
    return isTellonceError(cause) ? cause.message : ""
  }
}
