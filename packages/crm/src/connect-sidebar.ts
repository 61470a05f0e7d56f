import type { Identity, SidebarHost, SidebarSubject, Unsubscribe } from "@tellonce/core"
import type { PanelContext } from "./panel/panel-context.ts"
import type { PanelDesk } from "./panel/panel-desk.ts"

export interface SidebarOptions {
  readonly host: SidebarHost
  /** A `<tellonce-panel>`. */
  readonly panel: {
    context: PanelContext | undefined
    desk: PanelDesk | undefined
    subject: SidebarSubject | undefined
  }
  /** Opens the customer of one identity, such as `createPanelService` does. */
  readonly open: (identity: Identity) => PanelContext & PanelDesk & { close(): void }
  /** By which of the claimed identities the customer is looked up; the host's own id, which nobody can type into a form, unless told. */
  readonly lookUp?: ((subject: SidebarSubject) => Identity | undefined) | undefined
}

/** Keeps a panel on whoever the sidebar shows. What the host says of them stands there as claims. */
export const connectSidebar = ({ host, panel, open, lookUp = ownId }: SidebarOptions): Unsubscribe => {
  let opened: ReturnType<SidebarOptions["open"]> | undefined
  let isOver = false
  const close = () => {
    panel.context = undefined
    panel.desk = undefined
    panel.subject = undefined
    opened?.close()
    opened = undefined
  }
  const show = (subject: SidebarSubject | null) => {
    if (isOver) return
    close()
    const identity = subject ? lookUp(subject) : undefined
    if (subject === null || identity === undefined) return
    opened = open(identity)
    panel.subject = subject
    panel.context = opened
    panel.desk = opened
  }
  let isTold = false
  const leave = host.onChange((subject) => {
    isTold = true
    show(subject)
  })
  void host.current().then((subject) => {
    if (!isTold) show(subject)
  })
  return () => {
    isOver = true
    leave()
    close()
  }
}

const ownId = ({ identities }: SidebarSubject): Identity | undefined => identities[0]
