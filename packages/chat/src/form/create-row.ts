import type { FormStep } from "@tellonce/core"
import type { FormWords } from "./form-words.ts"

export interface RowOptions {
  readonly document: Document
  readonly field: string
  readonly label: string
  readonly step: Exclude<FormStep, { show: "input" }>
  readonly words: FormWords
  readonly onChange: () => void
  readonly onYes: (value: unknown) => void
}

export interface Row {
  readonly element: HTMLElement
  /** To the button that is pressed most likely. */
  focus(): void
  hasFocus(): boolean
  /** Where the value is from, as time goes by. */
  tell(known: string): void
}

/** What stands in an input's place: the known value and a way to change it, or a yes-or-no question. Values are text, never markup. */
export const createRow = (options: RowOptions): Row => {
  const { document, field, label, step, words, onChange, onYes } = options
  const element = make(document, "div", `tellonce-${step.show}`)
  const source = make(document, "small", "tellonce-source", step.known)
  const change = createButton(options, step.show === "confirm" ? words.no : words.change, onChange)
  const yes = createButton(options, words.yes, () => onYes(step.value))
  element.dataset.field = field
  element.setAttribute("role", "group")
  if (step.show === "confirm") {
    const question = words.confirm({ field, label, text: step.text, question: step.question })
    element.setAttribute("aria-label", question)
    element.append(make(document, "span", "tellonce-question", question), " ", yes, " ", change, " ", source)
  } else {
    element.setAttribute("aria-label", label)
    const value = make(document, "strong", "", step.text)
    element.append(make(document, "span", "", `${label}: `), value, " ", source, " ", change)
  }
  return {
    element,
    focus: () => (step.show === "confirm" ? yes : change).focus(),
    hasFocus: () => element.contains(document.activeElement),
    tell: (known) => {
      source.textContent = known
    },
  }
}

const createButton = ({ document, label }: RowOptions, text: string, press: () => void): HTMLElement => {
  const button = make(document, "button", "", text)
  button.setAttribute("type", "button")
  button.setAttribute("aria-label", `${text}: ${label}`)
  button.addEventListener("click", press)
  return button
}

const make = (document: Document, tag: string, className: string, text = ""): HTMLElement => {
  const made = document.createElement(tag)
  if (className) made.className = className
  made.textContent = text
  return made
}
