type Element = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** One question of a form: a text, a choice, a tick, or a group of radio buttons. */
export interface Control {
  readonly label: string
  /** What is put aside while the question is not asked. */
  readonly parts: readonly HTMLElement[]
  /** The value as the form would submit it; undefined while there is none. */
  read(): string | number | boolean | undefined
  /** False where it cannot hold this value, or its own rules refuse it; it is then as it was. */
  write(value: unknown): boolean
  /** Puts back what it held before the first `write`. */
  restore(): void
  hasFocus(): boolean
  focus(): void
}

/** Undefined for a name the form does not have, and for what a guard can neither read nor fill: files, passwords, buttons. */
export const findControl = (form: HTMLFormElement, name: string): Control | undefined => {
  const elements = [...form.elements].filter(
    (element): element is Element => isElement(element) && element.name === name && !isUnfit(element),
  )
  const [first] = elements
  if (!first) return undefined
  let before: readonly string[] | undefined
  return {
    label: labelOf(first),
    parts: partsOf(elements),
    read: () => read(elements),
    write: (value) => {
      const was = statesOf(elements)
      const states = toStates(elements, value)
      if (states === undefined || !hold(elements, states)) {
        setStates(elements, was)
        return false
      }
      before ??= was
      if (was.join() !== states.join()) tellChange(first)
      return true
    },
    restore: () => {
      if (before) setStates(elements, before)
      before = undefined
    },
    hasFocus: () => elements.some((element) => element === element.ownerDocument.activeElement),
    focus: () => (elements.find((element) => isTick(element) && element.checked) ?? first).focus(),
  }
}

const statesOf = (elements: readonly Element[]): readonly string[] =>
  elements.map((element) => (isTick(element) ? String(element.checked) : element.value))

const setStates = (elements: readonly Element[], states: readonly string[]): void => {
  elements.forEach((element, index) => {
    const state = states[index] ?? ""
    if (isTick(element)) element.checked = state === "true"
    else element.value = state
  })
}

/** A select without the option, or a date that is none, is not what it was set to. */
const hold = (elements: readonly Element[], states: readonly string[]): boolean => {
  setStates(elements, states)
  return statesOf(elements).join() === states.join() && elements.every(({ validity }) => validity.valid)
}

const isElement = (element: globalThis.Element): element is Element =>
  /^(input|select|textarea)$/i.test(element.tagName)
const isTick = (element: Element): element is HTMLInputElement => /^(checkbox|radio)$/.test(element.type)
const isUnfit = ({ type }: Element): boolean =>
  /^(file|password|submit|reset|button|image|hidden|select-multiple)$/.test(type)

const read = (elements: readonly Element[]): string | number | boolean | undefined => {
  const [first] = elements
  if (first?.type === "radio") return elements.find((element) => isTick(element) && element.checked)?.value
  if (first && isTick(first)) return first.checked
  const text = first?.value.trim() ?? ""
  if (text === "") return undefined
  return first?.type === "number" || first?.type === "range" ? Number(text) : text
}

/** What each element must hold for this value; undefined where none can. */
const toStates = (elements: readonly Element[], value: unknown): readonly string[] | undefined => {
  const isOne = typeof value === "string" || typeof value === "number" || typeof value === "boolean"
  if (!isOne) return undefined
  const [first] = elements
  if (first?.type === "checkbox") return typeof value === "boolean" ? [String(value)] : undefined
  if (first?.type !== "radio") return [String(value)]
  const states = elements.map((element) => String(element.value === String(value)))
  return states.includes("true") ? states : undefined
}

/** Frameworks and the app's own code learn of a value by these events. */
const tellChange = (element: Element): void => {
  const { Event } = element.ownerDocument.defaultView ?? globalThis
  for (const type of ["input", "change"]) element.dispatchEvent(new Event(type, { bubbles: true }))
}

const labelOf = (element: Element): string => {
  const legend = element.type === "radio" ? element.closest("fieldset")?.querySelector("legend") : undefined
  const label = legend ?? element.labels?.[0]
  const text = [...(label?.childNodes ?? [])].filter((node) => !node.contains(element)).map((node) => node.textContent)
  return (
    text
      .join("")
      .replace(/\s+/g, " ")
      .replace(/[\s:*?]+$/, "")
      .trim() ||
    element.getAttribute("aria-label") ||
    element.name
  )
}

/** A row the app has marked, a fieldset around a choice, or else the input with its labels. */
const partsOf = (elements: readonly Element[]): readonly HTMLElement[] => {
  const [first] = elements
  const row = first?.closest<HTMLElement>(first.type === "radio" ? "[data-row], fieldset" : "[data-row]")
  if (row) return [row]
  const parts = elements.flatMap((element) => {
    const labels = [...(element.labels ?? [])]
    return labels.some((label) => label.contains(element)) ? labels : [...labels, element]
  })
  return [...new Set<HTMLElement>(parts)]
}
