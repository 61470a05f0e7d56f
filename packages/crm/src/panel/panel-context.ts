import type { ContextPort } from "@tellonce/core"

/** What the panel reads: a `ContextPort` of the customer, of which it never records. */
export interface PanelContext extends Pick<ContextPort, "view" | "subscribe"> {
  /** How the view is kept up to date, where the source can tell; its subscribers are called when that changes. */
  connection?(): PanelConnection
}

export type PanelConnection = "connecting" | "live" | "offline"
