import { type Fields, identityKey, type Signal, TellonceError } from "@tellonce/core"
import type { ClientOptions } from "./client-options.ts"
import { systemClock } from "./clock.ts"
import { createCredentials } from "./credentials.ts"
import { createDefaultStorage } from "./default-storage.ts"
import type { Hub } from "./hub.ts"
import { createLedger, type Ledger } from "./ledger.ts"
import { createLink } from "./link.ts"
import { createOutages } from "./outages.ts"
import type { FeedEvent } from "./read-feed.ts"
import { createSafeStorage } from "./safe-storage.ts"
import { createServerClock } from "./server-clock.ts"
import { createService } from "./service.ts"
import { createStatusBoard } from "./status-board.ts"
import { createVisitor } from "./visitor.ts"

/** The parts of one client, wired to each other and started. `onChange` is told when the local context is another. */
export const createParts = <F extends Fields>(options: ClientOptions<F>, hub: Hub<F>, onChange: () => void) => {
  const { context: definition, clock: machine = systemClock, url, key, token, identity } = options
  const clock = createServerClock(machine)
  const storage = createSafeStorage(options.storage ?? createDefaultStorage(options), (cause) => {
    hub.report(new TellonceError("storage/broken", brokenStorage, { cause }))
    status.check()
  })
  const status = createStatusBoard(
    () => storage.durability,
    (now) => hub.emit("status", now),
  )
  const learn = (now: unknown) => {
    const wrongBy = clock.learn(now)
    if (wrongBy !== 0) ledger.queue.restamp(wrongBy)
  }
  const service = createService({ url, now: clock.now, learn })
  const onRenew = () => link.restart()
  const visitor = key.startsWith("pk_") ? createVisitor({ key, service, store: storage.visitor, onRenew }) : undefined
  const credentials = createCredentials({ key, token, visitor })
  const ledger = createLedger({
    definition,
    outbox: storage.outbox,
    owner: credentials.owner,
    onKept: () => link.wake(),
    onChange,
    onSent: (ids) => hub.emit("sent", ids),
    onRefused: (refused) => hub.emit("refused", refused),
  })
  const contact = createContact()
  const link = createLink({
    service,
    credentials,
    queue: ledger.queue,
    sleep: machine.sleep,
    outages: createOutages(hub.report),
    subject: () => (identity && credentials.isKeyHolder() ? identityKey(identity) : undefined),
    onSettled: ledger.settle,
    onEvent(event) {
      learn(event.body.now)
      takeEvent(ledger, event)
      contact.made()
    },
    onConnection(connection) {
      status.connection(connection)
      if (connection === "offline") contact.made()
    },
  })
  return { clock, storage, status, visitor, credentials, ledger, link, contact }
}

const takeEvent = <F extends Fields>({ local }: Ledger<F>, { name, body }: FeedEvent): void => {
  if (name === "snapshot") local.replace(body.context, Number(body.now))
  else if (name === "signals" && Array.isArray(body.signals)) local.add(body.signals as readonly Signal[])
}

/** The first word from the service, or the first sign that none will come. */
const createContact = () => {
  let made = () => {}
  const first = new Promise<void>((resolve) => {
    made = resolve
  })
  return { first, made }
}

const brokenStorage =
  "The browser's storage cannot be used. All goes on in memory; what is not sent is lost with the page. Is the disk full, or storage blocked?"
