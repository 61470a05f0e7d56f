/** Takes elements out of sight and out of the tab order; what they hold is still submitted. Answers the way back. */
export const putAside = (elements: readonly HTMLElement[]): (() => void) => {
  const before = elements.map((element) => ({
    hidden: element.getAttribute("hidden"),
    style: element.getAttribute("style"),
  }))
  for (const element of elements) {
    element.hidden = true
    // A page's own `display: flex` is stronger than `hidden`.
    element.style.setProperty("display", "none", "important")
  }
  return () => {
    elements.forEach((element, index) => {
      const { hidden, style } = before[index] ?? { hidden: null, style: null }
      if (hidden === null) element.removeAttribute("hidden")
      else element.setAttribute("hidden", hidden)
      // Not by the attribute, which a strict Content-Security-Policy forbids.
      if (style === null) element.removeAttribute("style")
      else element.style.cssText = style
    })
  }
}
