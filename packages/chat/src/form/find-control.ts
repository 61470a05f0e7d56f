import { answerText } from "./answer-text.ts"
import type { FormElement } from "./form-element.ts"
import { labelOf } from "./label-of.ts"
import { partsOf } from "./parts-of.ts"

/** One question of a form: a text, a choice, a tick, or a group of radio buttons. */
export interface Control {
  readonly label: string
  /** What is put aside while the question is not asked. */
  readonly parts: readonly HTMLElement[]
  /** False once the form has other inputs under its name, or none. */
  isCurrent(): boolean
  /** What it says, as a number or a boolean where what is known of the field is one; undefined while it says nothing. */
  read(known: unknown): string | number | boolean | undefined
  /** False where its kind, its options or its own rules refuse this value. */
  canHold(value: unknown): boolean
  write(value: unknown): void
  /** What the page calls this value, where it is one of given answers. */
  textOf(value: unknown): string | undefined
  /** Puts back what it held before it was written to, unless somebody has changed it since. */
  restore(): void
  /** Nobody has changed it since it was written to. */
  isAsWritten(): boolean
  hasFocus(): boolean
  focus(): void
}

/**
 * Undefined for a name the form does not have, and for what a guard can neither read nor fill: files, passwords, buttons, and several
 * inputs of one name, such as checkboxes of which any may be ticked.
 */
export const findControl = (form: HTMLFormElement, name: string): Control | undefined => {
  const elements = elementsNamed(form, name)
  const [first] = elements
  if (!first || (elements.length > 1 && first.type !== "radio")) return undefined
  let written: { readonly states: string; readonly before: readonly string[] } | undefined
  const isAsWritten = () => statesOf(elements).join() === written?.states
  const ownStates = () => (written && isAsWritten() ? written.before : statesOf(elements))
  return {
    label: labelOf(elements),
    parts: partsOf(elements),
    isCurrent: () => {
      const now = elementsNamed(form, name)
      return now.length === elements.length && now.every((element) => elements.includes(element))
    },
    read: (known) => read(elements, known),
    canHold: (value) => {
      const states = toStates(elements, value)
      return states !== undefined && isHeld(elements, states)
    },
    write: (value) => {
      const states = toStates(elements, value)
      if (states === undefined) return
      written = { states: states.join(), before: ownStates() }
      change(elements, states)
    },
    textOf: (value) => answerText(elements, value),
    restore: () => {
      change(elements, ownStates())
      written = undefined
    },
    isAsWritten,
    hasFocus: () => elements.some((element) => element === element.ownerDocument.activeElement),
    focus: () => (elements.find(isTicked) ?? first).focus(),
  }
}

const elementsNamed = (form: HTMLFormElement, name: string): readonly FormElement[] =>
  [...form.elements].filter(
    (element): element is FormElement => isElement(element) && element.name === name && !isUnfit(element),
  )

const statesOf = (elements: readonly FormElement[]): readonly string[] =>
  elements.map((element) => (isTick(element) ? String(element.checked) : element.value))

const setStates = (elements: readonly FormElement[], states: readonly string[]): void => {
  elements.forEach((element, index) => {
    const state = states[index] ?? ""
    const [property, to] = isTick(element) ? ["checked", state === "true"] : ["value", state]
    // React puts setters of its own before these, and hears of nothing that is set by them.
    Reflect.set(Object.getPrototypeOf(element), property, to, element)
  })
}

/** A select without the option, or a date that is none, is not what it was set to. */
const isHeld = (elements: readonly FormElement[], states: readonly string[]): boolean => {
  const was = statesOf(elements)
  setStates(elements, states)
  const holds = statesOf(elements).join() === states.join() && elements.every(isValid)
  setStates(elements, was)
  return holds
}

/** A browser measures only what is typed, not what a script puts in. */
const isValid = (element: FormElement): boolean => {
  if (!element.validity.valid) return false
  if (!("maxLength" in element) || !/^(text|search|url|tel|email|textarea)$/.test(element.type)) return true
  const { minLength, maxLength, value } = element
  return value.length >= minLength && (maxLength < 0 || value.length <= maxLength)
}

const isElement = (element: Element): element is FormElement => /^(input|select|textarea)$/i.test(element.tagName)
const isTick = (element: FormElement): element is HTMLInputElement => /^(checkbox|radio)$/.test(element.type)
const isTicked = (element: FormElement): boolean => isTick(element) && element.checked
const isUnfit = ({ type }: FormElement): boolean =>
  /^(file|password|submit|reset|button|image|hidden|select-multiple)$/.test(type)

const read = (elements: readonly FormElement[], known: unknown): string | number | boolean | undefined => {
  const [first] = elements
  if (first?.type === "checkbox" && isTick(first)) return first.checked
  const said = first?.type === "radio" ? elements.find(isTicked) : first
  const text = said?.value.trim()
  if (!text) return undefined
  const isNumber = first?.type === "number" || first?.type === "range"
  return toFact(text, known ?? (isNumber ? 0 : ""))
}

/** What a select or a radio button says is text, whatever it means. */
const toFact = (text: string, like: unknown): string | number | boolean => {
  if (typeof like === "number" && Number.isFinite(Number(text))) return Number(text)
  if (typeof like === "boolean" && /^(true|false)$/.test(text)) return text === "true"
  return text
}

/** What each element must hold for this value; undefined where none can. */
const toStates = (elements: readonly FormElement[], value: unknown): readonly string[] | undefined => {
  const isOne = typeof value === "string" || typeof value === "number" || typeof value === "boolean"
  if (!isOne) return undefined
  const [first] = elements
  if (first?.type === "checkbox") return typeof value === "boolean" ? [String(value)] : undefined
  // Where a text may have lines, they end alike.
  if (first?.type === "textarea") return [String(value).replace(/\r\n?/g, "\n")]
  if (first?.type !== "radio") return [String(value)]
  const states = elements.map((element) => String(element.value === String(value)))
  return states.includes("true") ? states : undefined
}

const change = (elements: readonly FormElement[], states: readonly string[]): void => {
  const was = statesOf(elements)
  setStates(elements, states)
  const changed = elements.filter((_, index) => was[index] !== states[index])
  // A radio button tells nobody that another one is chosen.
  for (const element of changed.filter((element) => element.type !== "radio" || isTicked(element))) tell(element)
}

/** Frameworks and the app's own code learn of a value by events: React of a tick by its click. */
const tell = (element: FormElement): void => {
  const { Event } = element.ownerDocument.defaultView ?? globalThis
  const types = isTick(element) ? ["click", "input", "change"] : ["input", "change"]
  for (const type of types) element.dispatchEvent(new Event(type, { bubbles: true }))
}
