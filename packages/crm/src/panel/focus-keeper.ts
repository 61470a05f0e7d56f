import type { ReactiveController, ReactiveControllerHost } from "lit"

/** Keeps the keyboard in its place over a drawing: what was moved gets the focus back, and what is gone leaves it to the nearest thing around. */
export const createFocusKeeper = (host: ReactiveControllerHost & HTMLElement): void => {
  const focused = () => host.shadowRoot?.activeElement
  let trail: readonly HTMLElement[] = []
  const keeper: ReactiveController = {
    hostUpdate() {
      trail = outwards(focused())
    },
    hostUpdated() {
      // Elsewhere on the page, or in the page around this frame, the focus is not ours to take.
      if (!document.hasFocus()) return
      for (const element of trail) {
        if (focused()) return
        // To focus what is no longer there does nothing.
        const place = element === trail[0] ? element : placeIn(element)
        place?.focus()
      }
    },
  }
  host.addController(keeper)
}

const outwards = (element: Element | null | undefined): readonly HTMLElement[] =>
  element instanceof HTMLElement ? [element, ...outwards(element.parentElement)] : []

/** In a line its first control, else a heading. */
const placeIn = (element: HTMLElement): HTMLElement | null =>
  element.querySelector(element.localName === "li" ? "button, input, textarea" : "[tabindex='-1']")
