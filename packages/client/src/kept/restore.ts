import type { Millis } from "@tellonce/core"
import { afterScript } from "../page/after-script.ts"
import type { Clock } from "../page/clock.ts"
import type { Ledger } from "../told/ledger.ts"
import type { ClientStorage } from "./client-storage.ts"
import type { Unsent } from "./outbox.ts"
import type { StoredVisitor } from "./visitor-store.ts"

export interface RestoreOptions {
  readonly storage: Pick<ClientStorage, "outbox">
  /** Who this browser was. */
  readonly recall: () => Promise<StoredVisitor | undefined>
  readonly ledger: Pick<Ledger<never>, "adopt">
  /** What was last known of the visitor. */
  readonly onContext: (context: unknown) => void
  readonly onAdopted: (left: readonly Unsent[]) => void
  /** Tabs share the disk and no lock says who sends. */
  readonly leases: boolean
  readonly now: () => Millis
  readonly sleep: Required<Clock>["sleep"]
  readonly signal: AbortSignal
}

/** Without locks a signal belongs for so long to the tab where it was told; timers of hidden tabs are late by up to a minute. */
const lease: Millis = 60_000

/** Takes over what earlier pages have left. */
export const restore = async (options: RestoreOptions): Promise<void> => {
  const { storage, recall, ledger, leases, now, sleep, signal } = options
  const adopt = async () => {
    const left = await storage.outbox.list()
    const free = left.filter((one) => !leases || one.signal.at < now() - lease)
    options.onAdopted(ledger.adopt(free))
    return free.length === left.length
  }
  await afterScript()
  const [isAll, visitor] = await Promise.all([adopt(), recall()])
  options.onContext(visitor?.context)
  if (!isAll) void sleep(lease, signal).then(() => signal.aborted || adopt())
}
