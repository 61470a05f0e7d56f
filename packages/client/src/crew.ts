import { type Fields, identityKey } from "@tellonce/core"
import type { ClientOptions, ClientStatus } from "./client-options.ts"
import type { Unsent } from "./kept/outbox.ts"
import { createAwaited } from "./page/awaited.ts"
import type { Parts } from "./parts.ts"
import type { Hub } from "./report/hub.ts"
import { hearTabs } from "./tabs/hear-tabs.ts"
import { createTabs } from "./tabs/tabs.ts"
import { createForgetting } from "./who/forgetting.ts"
import { createLink } from "./wire/link.ts"

export type Crew = ReturnType<typeof createCrew>

/** Those who speak, to the service and to the other tabs. Silent until `switchCustomer`. */
export const createCrew = <F extends Fields>(options: ClientOptions<F>, hub: Hub<F>, parts: Parts<F>) => {
  const { name, leases, status, credentials, ledger, feeding, contact } = parts
  const { identity, context } = options
  const flushed = createAwaited()
  const onConnection = (connection: ClientStatus["connection"]) => {
    if (status.read().connection === "closed") return
    status.set({ connection })
    if (connection === "offline") contact.happen()
    if (tabs.leads()) tabs.post({ kind: "connection", connection })
  }
  const tabs = createTabs({
    name,
    audience: () => `${context.version} ${credentials.owner()}`,
    onLead() {
      status.set({ role: "leader" })
      flushed.happen()
      link.lead()
    },
    onFollow: () => status.set({ role: "follower" }),
    onMessage(message) {
      // Each tab sends what it was told itself.
      if (leases && message.kind === "kept") return
      hub.attempt(() => hearTabs(message, { ...parts, tabs, link, onConnection, forgetting, flushed }))
    },
  })
  const link = createLink({
    ...parts,
    queue: ledger.queue,
    tried: createAwaited(),
    report: hub.report,
    leads: tabs.leads,
    may: ({ signal }) => ledger.verdict(signal) === "granted",
    subject: () => (identity && credentials.isKeyHolder() ? identityKey(identity) : undefined),
    onSettled(settlement) {
      ledger.settle(settlement)
      tabs.post({ kind: "settled", settlement })
    },
    onEvent(event) {
      feeding.take(event)
      tabs.post({ kind: "fed", event })
    },
    onConnection,
  })
  const switchCustomer = () => {
    feeding.clear()
    // Another tab leads by then, and is to go on.
    if (status.read().connection === "closed") return
    tabs.restart()
    link.restart()
  }
  const post = (code: string) => tabs.post({ kind: "forgotten", code })
  const { report } = hub
  const forgetting = createForgetting({ ...parts, link, switchCustomer, post, report })
  return {
    tabs,
    link,
    forgetting,
    flushed,
    switchCustomer,
    /** These were told here and are kept: whoever leads is to send them. */
    kept(unsent: readonly Unsent[]) {
      if (!tabs.leads()) ledger.queue.sending(unsent)
      tabs.post({ kind: "kept", unsent })
      link.wake()
    },
    close() {
      tabs.rest()
      link.close()
    },
  }
}
