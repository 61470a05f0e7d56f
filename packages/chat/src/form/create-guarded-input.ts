import type { FormStep } from "@tellonce/core"
import { createRow, type Row } from "./create-row.ts"
import { type Control, findControl } from "./find-control.ts"
import type { FormWords } from "./form-words.ts"
import { putAside } from "./put-aside.ts"

export interface GuardedInput {
  readonly field: string
  /** False once the form has other inputs under its name, or none. */
  isCurrent(): boolean
  /** Is the customer asked or asked to confirm? */
  isAsking(): boolean
  /** Is the input itself in sight, and the customer's to write in? */
  isOpen(): boolean
  /** Draws the step; answers what has become known, in words, unless it is the first one drawn. */
  show(step: FormStep): readonly string[]
  /** Draws once more what the form has emptied. */
  redraw(): void
  /** What the customer states here by submitting; undefined for what only stands there because it is known. `known` is of the field. */
  stated(known: unknown): unknown
  focus(): void
  /** Something here must be answered. True where the customer has been led to it. */
  insist(): boolean
  release(): void
}

export interface GuardedInputOptions {
  readonly form: HTMLFormElement
  readonly name: string
  readonly field: string
  readonly words: FormWords
  readonly onYes: (value: unknown) => void
  readonly onChange: () => void
}

interface Shown {
  readonly step: FormStep
  readonly row?: Row
  /** Takes away what was drawn. */
  clear(): void
}

/** One input of a guarded form; undefined where the form has no such input, or none a guard can fill. */
export const createGuardedInput = (options: GuardedInputOptions): GuardedInput | undefined => {
  const control = findControl(options.form, options.name)
  if (!control) return undefined
  let shown: Shown | undefined
  let drawing = false
  const draw = (step: FormStep) => {
    drawing = true
    const hadFocus = shown?.row?.hasFocus() === true
    shown?.clear()
    shown = drawStep(step, control, options)
    if (hadFocus) (shown.row ?? control).focus()
    drawing = false
  }
  const isOpen = () => !drawing && (shown === undefined || shown.step.show === "input" || shown.step.show === "filled")
  return {
    field: options.field,
    isCurrent: control.isCurrent,
    isOpen,
    isAsking: () =>
      shown?.step.show === "confirm" || (shown?.step.show === "input" && shown.step.question !== undefined),
    show: (given) => {
      const before = shown?.step
      const step = inWordsOf(given, control, options)
      if ("known" in step) shown?.row?.tell(step.known)
      // Nobody is interrupted while they write, and nothing is drawn again that stands there already.
      if (isSame(before, step) || (before && isOpen() && control.hasFocus())) return []
      draw(step)
      const known = shown?.step
      if (!before || !known || known.show === "input" || known.show === "confirm") return []
      return [options.words.filled({ label: control.label, text: known.text })]
    },
    redraw: () => {
      if (shown) draw(shown.step)
    },
    stated: (known) =>
      !isOpen() || (shown?.step.show === "filled" && control.isAsWritten()) ? undefined : control.read(known),
    focus: () => (shown?.row ?? control).focus(),
    insist: () => {
      if (shown?.step.show === "confirm") shown.row?.focus()
      if (shown?.step.show === "known") options.onChange()
      return shown?.step.show === "confirm"
    },
    release: () => {
      drawing = true
      shown?.clear()
      control.restore()
      shown = undefined
    },
  }
}

/** As the form calls the value. */
const inWordsOf = (step: FormStep, control: Control, { field, words }: GuardedInputOptions): FormStep => {
  if (step.show === "input") return step
  const { value } = step
  const text = control.textOf(value) ?? (typeof value === "boolean" ? words[value ? "yes" : "no"] : step.text)
  return { ...step, text: words.value({ field, value, text }) }
}

const drawStep = (given: FormStep, control: Control, options: GuardedInputOptions): Shown => {
  const step = toDrawable(given, control)
  const open = { step, clear: () => {} }
  // What they change begins with what was known; what has been forgotten leaves the input.
  if (step.show === "confirm" || (step.show === "input" && step.question !== undefined)) control.restore()
  if (step.show === "input") return open
  if (step.show !== "confirm") control.write(step.value)
  if (step.show === "filled") return open
  const row = createRow({ ...options, document: options.form.ownerDocument, label: control.label, step })
  control.parts[0]?.before(row.element)
  const bringBack = putAside(control.parts)
  const clear = () => {
    row.element.remove()
    bringBack()
  }
  return { step, row, clear }
}

/** A value that the input cannot hold is asked for: no yes would bring it in, and what is out of sight could not be put right. */
const toDrawable = (step: FormStep, control: Control): FormStep =>
  step.show === "input" || control.canHold(step.value) ? step : { show: "input", question: "" }

/** But for its age. */
const isSame = (one: FormStep | undefined, other: FormStep): boolean =>
  JSON.stringify({ ...one, known: "" }) === JSON.stringify({ ...other, known: "" })
