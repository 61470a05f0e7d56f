import { create, element } from "./element.ts"

export interface Tab {
  readonly id: string
  readonly title: string
  /** Fills the tab's place when it is first chosen; what it holds stays when another is. */
  open(place: HTMLElement): Promise<void>
  /** Each time it is chosen and filled. */
  shown?(): void
}

/** Tabs over one place: by mouse, and by the arrow keys as in any tab list. Answers a function that chooses one. */
export const showTabs = (listId: string, placesId: string, tabs: readonly Tab[]): ((id: string) => Promise<void>) => {
  const opened = new Map<string, Promise<void>>()
  const parts = tabs.map((tab) => {
    const place = create("div", { id: `${listId}-${tab.id}`, hidden: true })
    place.setAttribute("role", "tabpanel")
    place.setAttribute("aria-label", tab.title)
    const button = create("button", { type: "button" }, tab.title)
    button.setAttribute("role", "tab")
    button.setAttribute("aria-controls", place.id)
    return { tab, button, place }
  })
  const choose = async (id: string) => {
    for (const { tab, button, place } of parts) {
      const isChosen = tab.id === id
      place.hidden = !isChosen
      button.ariaSelected = String(isChosen)
      button.tabIndex = isChosen ? 0 : -1
      if (!isChosen) continue
      if (!opened.has(id)) opened.set(id, tab.open(place))
      void opened.get(id)?.then(() => place.hidden || tab.shown?.())
    }
    await opened.get(id)
  }
  for (const [index, { tab, button }] of parts.entries()) {
    button.addEventListener("click", () => void choose(tab.id))
    button.addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key]
      if (step === undefined) return
      const next = parts[(index + step + parts.length) % parts.length]
      next?.button.focus()
      next?.button.click()
    })
  }
  element(listId).replaceChildren(...parts.map(({ button }) => button))
  element(placesId).replaceChildren(...parts.map(({ place }) => place))
  return choose
}
