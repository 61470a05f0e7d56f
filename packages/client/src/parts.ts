import { type Fields, TellonceError } from "@tellonce/core"
import type { ClientOptions } from "./client-options.ts"
import { createDefaultStorage } from "./kept/default-storage.ts"
import type { Unsent } from "./kept/outbox.ts"
import { createSafeStorage } from "./kept/safe-storage.ts"
import { createAwaited } from "./page/awaited.ts"
import { systemClock } from "./page/clock.ts"
import { createServerClock } from "./page/server-clock.ts"
import type { Hub } from "./report/hub.ts"
import { createStatusBoard } from "./report/status-board.ts"
import { createFeeding } from "./told/feeding.ts"
import { createLedger } from "./told/ledger.ts"
import { createCredentials } from "./who/credentials.ts"
import { createVisitor } from "./who/visitor.ts"
import { createLoadTransport } from "./wire/load-transport.ts"
import { createParting } from "./wire/parting.ts"

export interface PartsListeners {
  /** The local context is another. */
  readonly onChange: () => void
  /** Told here, and kept. */
  readonly onKept: (kept: readonly Unsent[]) => void
  /** The holder of this token was erased. */
  readonly onErased: (token: string) => void
  /** This browser is about to become another visitor. */
  readonly onRenew: () => void
}

export type Parts<F extends Fields> = ReturnType<typeof createParts<F>>

/** What one client knows and keeps. None of it acts by itself. */
export const createParts = <F extends Fields>(options: ClientOptions<F>, hub: Hub<F>, listeners: PartsListeners) => {
  const { clock: machine = systemClock, url, key } = options
  const { sleep = systemClock.sleep } = machine
  const { onErased, onRenew } = listeners
  const chosen = options.storage ?? createDefaultStorage(options)
  const storage = createSafeStorage(chosen, (cause) => {
    hub.report(new TellonceError("storage/broken", brokenStorage, { cause }))
    status.set({})
  })
  const status = createStatusBoard(
    () => storage.durability,
    (now) => hub.emit("status", now),
  )
  const clock = createServerClock(machine)
  const learn = (now: unknown) => {
    const wrongBy = clock.learn(now)
    if (wrongBy !== 0) ledger.queue.restamp(wrongBy)
  }
  const http = {
    base: `${url.replace(/\/+$/, "")}/v1/`,
    fetch: options.fetch,
    now: clock.now,
    learn,
    onErased,
  }
  const transport = createLoadTransport(http)
  const parting = createParting(http)
  const openVisitor = async () => (await transport()).openVisitor(key)
  const visitor = key.startsWith("pk_") ? createVisitor({ openVisitor, store: storage.visitor, onRenew }) : undefined
  const credentials = createCredentials({ ...options, visitor })
  const ledger = createLedger({
    ...options,
    ...listeners,
    outbox: storage.outbox,
    now: clock.now,
    attempt: hub.attempt,
    owner: credentials.owner,
    onSent: (ids) => hub.emit("sent", ids),
    onRefused: (refused) => hub.emit("refused", refused),
  })
  /** The first word of the service, or the first sign that none will come. */
  const contact = createAwaited({ once: true })
  const feeding = createFeeding({ local: ledger.local, now: clock.now, learn, onFirst: contact.happen })
  // A process speaks for itself.
  const name = typeof document === "undefined" ? undefined : chosen.name
  /** Without locks nobody leads: a signal is leased to the tab where it was told. */
  const leases = name !== undefined && !navigator.locks
  return {
    clock,
    sleep,
    name,
    leases,
    storage,
    status,
    transport,
    parting,
    visitor,
    credentials,
    ledger,
    contact,
    feeding,
  }
}

const brokenStorage = "Storage is full or blocked. What waits is lost with the page."
