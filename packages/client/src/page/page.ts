export interface PageListeners {
  /** Hidden: it may be the last that is heard of it. */
  readonly onHidden: () => void
  /** Going away, perhaps to come back as it was: what is under way will be cut. */
  readonly onLeave: () => void
  /** Back again after `onLeave`. */
  readonly onReturn: () => void
  /** Seen again, or the network is back. */
  readonly onHope: () => void
}

/** The life of the page, where there is one, until the signal. */
export const watchPage = ({ onHidden, onLeave, onReturn, onHope }: PageListeners, signal: AbortSignal): void => {
  if (typeof document === "undefined") return
  const onVisibility = () => (document.visibilityState === "hidden" ? onHidden() : onHope())
  const listen = (target: Pick<EventTarget, "addEventListener">, name: string, listener: () => void) =>
    target.addEventListener(name, listener, { signal })
  listen(document, "visibilitychange", onVisibility)
  // A frozen page holds its locks and says nothing.
  listen(document, "freeze", onLeave)
  listen(document, "resume", onReturn)
  listen(globalThis, "pagehide", onLeave)
  listen(globalThis, "pageshow", onReturn)
  listen(globalThis, "online", onHope)
}
