import { type Fields, type Statement, TellonceError } from "@tellonce/core"
import { checkOptions } from "./check-options.ts"
import type { ClientOptions, ContextClient } from "./client-options.ts"
import { createHub } from "./hub.ts"
import { createParts } from "./parts.ts"
import { createReader } from "./reader.ts"
import { createRecorder } from "./recorder.ts"
import { withoutEmpty } from "./without-empty.ts"

/**
 * A live copy of one customer's context. It connects at once, and from then on nothing it does throws into the page: look at the
 * events `error`, `refused` and `status`, or pass `onError`.
 */
export const createClient = <F extends Fields>(options: ClientOptions<F>): ContextClient<F> => {
  checkOptions(options)
  const { context: definition, identity, source = "client" } = options
  const hub = createHub<F>({ onError: options.onError, debug: options.debug ?? false })
  const parts = createParts(
    options,
    hub,
    oncePerTurn(() => hub.emit("change", reader.view())),
  )
  const { clock, storage, status, credentials, ledger, link, contact, visitor } = parts
  const reader = createReader({ read: ledger.local.read, now: clock.now, report: hub.report })
  const keep = createRecorder({
    definition,
    source,
    identity,
    credentials,
    clock,
    has: ledger.queue.has,
    onHeld: ledger.add,
    onRefused: (refused) => hub.emit("refused", refused),
  })
  const record = (statement: Statement) => {
    try {
      if (status.read().connection === "closed") throw new TellonceError("client/closed", closed)
      keep(statement)
    } catch (thrown) {
      hub.report(thrown)
    }
  }
  return {
    ...reader,
    record,
    tell(facts, { channel, matter }) {
      const told = withoutEmpty(facts)
      if (told) record({ channel, matter, facts: told })
    },
    subscribe: (listener) => hub.on("change", listener),
    on: hub.on,
    status: status.read,
    ready: () => contact.first,
    async visitorToken() {
      const granted = await visitor?.token().catch(() => undefined)
      return granted?.ok ? granted.token : undefined
    },
    async flush() {
      await ledger.restored()
      await link.flush()
    },
    identify(token) {
      credentials.use(token)
      ledger.local.clear()
      link.restart()
    },
    close() {
      link.close()
      contact.made()
      status.connection("closed")
      hub.close()
      void ledger.queue.settled().then(storage.close)
    },
  }
}

/** However often it is called in one turn, `work` runs once, after it. */
const oncePerTurn = (work: () => void) => {
  let due = false
  return () => {
    if (due) return
    due = true
    queueMicrotask(() => {
      due = false
      work()
    })
  }
}

const closed = "This client has been closed: nothing is recorded any more. Create another one."
