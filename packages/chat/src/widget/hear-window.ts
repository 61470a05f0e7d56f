import type { Unsubscribe } from "@tellonce/core"

/** Hears a vendor's own events on the window, until stopped. */
export const hearWindow = (page: Window, hear: Readonly<Record<string, (detail: unknown) => void>>): Unsubscribe => {
  const heard = Object.entries(hear).map(
    ([name, tell]) => [name, (event: Event) => tell((event as CustomEvent<unknown>).detail)] as const,
  )
  for (const [name, listener] of heard) page.addEventListener(name, listener)
  return () => {
    for (const [name, listener] of heard) page.removeEventListener(name, listener)
  }
}
