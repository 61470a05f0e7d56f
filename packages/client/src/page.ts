import type { Unsubscribe } from "@tellonce/core"

export interface PageListeners {
  /** Hidden: it may be the last that is heard of it. */
  readonly onHidden: () => void
  /** Going away: what is under way will be cut. */
  readonly onLeave: () => void
  /** Shown again, or the network is back. */
  readonly onReturn: () => void
}

/** The life of the page, where there is one. */
export const watchPage = ({ onHidden, onLeave, onReturn }: PageListeners): Unsubscribe => {
  if (typeof document === "undefined" || typeof addEventListener === "undefined") return () => {}
  const onVisibility = () => (document.visibilityState === "hidden" ? onHidden() : onReturn())
  document.addEventListener("visibilitychange", onVisibility)
  addEventListener("pagehide", onLeave)
  addEventListener("pageshow", onReturn)
  addEventListener("online", onReturn)
  return () => {
    document.removeEventListener("visibilitychange", onVisibility)
    removeEventListener("pagehide", onLeave)
    removeEventListener("pageshow", onReturn)
    removeEventListener("online", onReturn)
  }
}
