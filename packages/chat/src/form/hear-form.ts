import { type AskAnswer, inText, type Touch, type Unsubscribe } from "@tellonce/core"
import type { FormRecord } from "./create-form-record.ts"
import type { GuardedInput } from "./create-guarded-input.ts"

export interface HeardForm {
  /** By the inputs' names. */
  readonly inputs: ReadonlyMap<string, GuardedInput>
  readonly touched: Map<string, Touch>
  /** What the ask guard says of each field now. */
  readonly ask: () => Readonly<Record<string, AskAnswer>>
  readonly refresh: () => void
  /** Nothing is drawn until this turn is over. */
  readonly hold: () => void
  readonly record: FormRecord
}

export const fieldsAsked = (inputs: ReadonlyMap<string, GuardedInput>): readonly string[] =>
  [...inputs.values()].flatMap((input) => (input.isAsking() ? [input.field] : []))

/** Follows what the customer does in a guarded form, until stopped. */
export const hearForm = (form: HTMLFormElement, heard: HeardForm): Unsubscribe => {
  const { inputs, touched, refresh, record } = heard
  const nameOf = (event: Event) => (event.target as HTMLInputElement).name
  const listeners: readonly (readonly [string, (event: Event) => void])[] = [
    ["focusin", () => record.asked(fieldsAsked(inputs))],
    // The next element has the focus only after this event.
    ["focusout", () => setTimeout(refresh)],
    // Theirs is also what is typed into an input that nobody has looked for yet.
    [
      "input",
      (event) => inputs.get(nameOf(event))?.isOpen() !== false && touched.set(nameOf(event), { by: "changing" }),
    ],
    // The browser cannot show its message at what is put aside: the customer is led to what stands there instead.
    ["invalid", (event) => inputs.get(nameOf(event))?.insist() && event.preventDefault()],
    ["submit", () => hearSubmit(heard)],
    // The form empties itself only after this event, unless the app forbids it.
    ["reset", (event) => setTimeout(() => event.defaultPrevented || drawAgain(heard))],
  ]
  const places = listeners.flatMap(([type, listener]) => [
    { node: form, type, listener },
    { node: form.ownerDocument, type, listener: (event: Event) => isOutside(form, event) && listener(event) },
  ])
  for (const { node, type, listener } of places) node.addEventListener(type, listener, true)
  return () => {
    for (const { node, type, listener } of places) node.removeEventListener(type, listener, true)
  }
}

/** An input may stand outside of the form it belongs to. */
const isOutside = (form: HTMLFormElement, { target }: Event): boolean =>
  (target as HTMLInputElement).form === form && !form.contains(target as Node)

/** What is sent is what stands there now. What was taken as it was said is known from then on; the rest stays the customer's. */
const hearSubmit = ({ inputs, touched, ask, hold, record }: HeardForm): void => {
  hold()
  record.asked(fieldsAsked(inputs))
  const before = ask()
  const said = [...inputs].map(([name, { field, stated }]) => ({ name, field, fact: stated(knownIn(before[field])) }))
  for (const { field, fact } of said) record.stated(field, fact)
  const after = ask()
  for (const { name, field, fact } of said) if (isSure(after[field], fact)) touched.delete(name)
}

const isSure = (given: AskAnswer | undefined, fact: unknown): boolean =>
  given?.answer === "skip" && inText(given.value) === inText(fact)

const knownIn = (given: AskAnswer | undefined): unknown =>
  given === undefined || given.answer === "ask" ? undefined : given.value

const drawAgain = ({ inputs, touched, refresh }: HeardForm): void => {
  touched.clear()
  for (const input of inputs.values()) input.redraw()
  refresh()
}
