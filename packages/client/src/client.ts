import { type Fields, type Statement, TellonceError } from "@tellonce/core"
import { checkOptions } from "./check-options.ts"
import type { ClientOptions, ContextClient } from "./client-options.ts"
import { createCrew } from "./crew.ts"
import { startLife } from "./life.ts"
import { createParts } from "./parts.ts"
import { createHub } from "./report/hub.ts"
import { createReader, type Reader } from "./told/reader.ts"
import { createRecorder } from "./told/recorder.ts"
import { withoutEmpty } from "./told/without-empty.ts"

/**
 * A live copy of one customer's context. It connects at once, and from then on nothing it does throws into the page: look at the
 * events `error`, `refused` and `status`, or pass `onError`.
 */
export const createClient = <F extends Fields>(options: ClientOptions<F>): ContextClient<F> => {
  checkOptions(options)
  const { context: definition, identity, source = "client" } = options
  const hub = createHub<F>(options)
  const announce = oncePerTurn(() => hub.emit("change", reader.view()))
  const parts = createParts(options, hub, {
    onChange() {
      announce()
      life.touch()
    },
    onKept: (kept) => crew.kept(kept),
    onErased: (token) => crew.forgetting.erased(token),
    onRenew: () => crew.link.restart(),
  })
  const { clock, storage, status, credentials, ledger, contact, visitor } = parts
  const crew = createCrew(options, hub, parts)
  const life = startLife(parts, crew)
  const reader: Reader<F> = createReader({ local: ledger.local, now: clock.now, attempt: hub.attempt })
  const { restoring } = life
  const keep = createRecorder({ ...parts, definition, source, identity, restoring })
  const whileOpen = (work: () => void) =>
    hub.attempt(() => {
      if (status.read().connection === "closed") throw new TellonceError("client/closed", "This client is closed.")
      work()
    })
  const record = (statement: Statement) => whileOpen(() => keep(statement))
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
    counts: ledger.counts,
    isUnsent: ledger.queue.has,
    context: ledger.local.read,
    now: clock.now,
    ready: contact.wait,
    async visitorToken() {
      const granted = await visitor?.token().catch(() => undefined)
      return granted?.ok ? granted.token : undefined
    },
    flush: life.flush,
    identify: (token) =>
      whileOpen(() => {
        if (token === undefined && credentials.isCustomer()) return crew.forgetting.signOut()
        const before = credentials.owner()
        credentials.use(token)
        // A newer token of the same customer is no reason to forget what is known of them.
        const begin = credentials.owner() === before ? crew.link.restart : crew.switchCustomer
        begin()
      }),
    close() {
      life.close()
      status.set({ connection: "closed", role: "follower" })
      crew.close()
      contact.happen()
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
