import { type Identity, identityKey, type SidebarHost, type SidebarSubject, type Unsubscribe } from "@tellonce/core"
import { isHostId } from "./claims/is-host-id.ts"
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
  /**
   * By which of the claimed identities the customer is looked up: the first of the host's own ids (`zendesk.user`, …) unless told. Anybody can
   * write a mail address into a ticket; where that is what it is looked up by, the panel says so.
   */
  readonly lookUp?: ((subject: SidebarSubject) => Identity | undefined) | undefined
}

/** Keeps a panel on whoever the sidebar shows. What the host says of them stands there as claims, also where nobody is looked up. */
export const connectSidebar = ({ host, panel, open, lookUp = ownId }: SidebarOptions): Unsubscribe => {
  let opened: { readonly identity: Identity; readonly customer: ReturnType<SidebarOptions["open"]> } | undefined
  let isOver = false
  const close = () => {
    panel.context = undefined
    panel.desk = undefined
    panel.subject = undefined
    opened?.customer.close()
    opened = undefined
  }
  const turn = (subject: SidebarSubject | null) => {
    const identity = subject ? lookUp(subject) : undefined
    // Told again, such as by another name, a customer stays open, and with them what is being typed.
    if (identity === undefined || opened === undefined || identityKey(identity) !== identityKey(opened.identity)) {
      close()
      if (identity) opened = { identity, customer: open(identity) }
    }
    panel.subject = subject ?? undefined
    panel.context = opened?.customer
    panel.desk = opened?.customer
  }
  const show = (subject: SidebarSubject | null) => {
    if (isOver) return
    try {
      turn(subject)
    } catch (error) {
      close()
      throw error
    }
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

const ownId = ({ identities }: SidebarSubject): Identity | undefined => identities.find(isHostId)
