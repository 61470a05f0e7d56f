import type { ClientStatus } from "../client-options.ts"
import type { Awaited } from "../page/awaited.ts"
import type { StatusBoard } from "../report/status-board.ts"
import type { Feeding } from "../told/feeding.ts"
import type { Ledger } from "../told/ledger.ts"
import type { Forgetting } from "../who/forgetting.ts"
import type { Link } from "../wire/link.ts"
import type { TabMessage } from "./tab-message.ts"
import type { Tabs } from "./tabs.ts"

export interface Hearing {
  readonly tabs: Tabs
  readonly ledger: Pick<Ledger<never>, "adopt" | "settle">
  readonly feeding: Feeding
  readonly link: Pick<Link, "wake" | "flush">
  readonly forgetting: Forgetting
  readonly status: StatusBoard
  readonly flushed: Awaited
  readonly onConnection: (connection: ClientStatus["connection"]) => void
}

/** What a tab makes of what the others say. The leader answers; the followers take its word for the service's. */
export const hearTabs = (message: TabMessage, hearing: Hearing): void => {
  const { tabs, ledger, link, forgetting, flushed } = hearing
  if (message.kind === "kept") {
    ledger.adopt(message.unsent)
    link.wake()
  } else if (message.kind === "settled") ledger.settle(message.settlement)
  else if (message.kind === "forgotten") forgetting.heard(message.code)
  else if (message.kind === "flushed") flushed.happen()
  else if (tabs.leads()) answer(message, hearing)
  else follow(message, hearing)
}

const answer = ({ kind }: TabMessage, { tabs, feeding, link, status }: Hearing): void => {
  if (kind === "flush") void link.flush().then(() => tabs.post({ kind: "flushed" }))
  if (kind !== "hello") return
  const event = feeding.share()
  if (event) tabs.post({ kind: "fed", event })
  tabs.post({ kind: "connection", connection: status.read().connection })
}

const follow = (message: TabMessage, { feeding, onConnection }: Hearing): void => {
  if (message.kind === "fed") feeding.take(message.event)
  else if (message.kind === "connection") onConnection(message.connection)
}
