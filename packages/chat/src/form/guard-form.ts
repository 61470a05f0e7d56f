import { type AskAnswer, type Statement, type Touch, toFormPlan, type Unsubscribe } from "@tellonce/core"
import { createFormRecord, type FormRecord } from "./create-form-record.ts"
import { createGuardedInput, type GuardedInput } from "./create-guarded-input.ts"
import { englishWords, type FormWords } from "./form-words.ts"
import { fieldsAsked, hearForm } from "./hear-form.ts"

/** What a guard needs of a context. The client has all of it. */
export interface FormContext<Field extends string = string> {
  ask(
    fields: readonly Field[],
    options?: { readonly matter?: string | undefined; readonly maxAge?: number | undefined },
  ): Readonly<Record<Field, AskAnswer>>
  record(statement: Statement): void
  subscribe(listener: () => void): Unsubscribe
}

export interface FormGuardOptions<Field extends string> {
  readonly context: FormContext<Field>
  /**
   * Which field each input asks for, by the input's name. Inputs without a field, secrets, files and several checkboxes of one name are
   * left alone. A checkbox says true or false, a `number` or `range` input a number, any other text; but where a number or a boolean is
   * known of the field, it says that. A select for a number nobody knows yet needs a schema that takes text, as `z.coerce.number()` does.
   */
  readonly fields: Readonly<Record<string, Field>>
  /** `form` unless told. */
  readonly channel?: string | undefined
  readonly matter?: string | undefined
  /** Older than this, in milliseconds, a known value is confirmed. */
  readonly maxAge?: number | undefined
  /** Known values replace their inputs (`hide`) or stand in them (`fill`). Replaced unless told. */
  readonly known?: "hide" | "fill" | undefined
  readonly words?: Partial<FormWords> | undefined
}

export interface FormGuard {
  /**
   * Looks again at what is known, as time goes by, and for inputs that have come or gone. It looks by itself when the context changes
   * and when the customer leaves an input.
   */
  refresh(): void
  /** The form is as it was before, but for what the customer has typed. */
  release(): void
}

/**
 * Asks in a form only what is not known. What is known is submitted with the form under the same names. What the customer states
 * here is recorded when they submit, a yes when they say it, and that they were asked when they first come to the form. Inputs that
 * React controls hear of it all, but for a radio button that is no longer chosen: no event says so.
 */
export const guardForm = <Field extends string>(form: HTMLFormElement, options: FormGuardOptions<Field>): FormGuard => {
  const { context, fields, channel = "form", matter, maxAge, known } = options
  const touched = new Map<string, Touch>()
  const record = createFormRecord({ record: (statement) => context.record(statement), channel, matter })
  const inputs = new Map<string, GuardedInput>()
  const touch = (name: string, how: Touch) => {
    record.asked(fieldsAsked(inputs))
    touched.set(name, how)
    refresh()
    inputs.get(name)?.focus()
  }
  const status = createStatus(form)
  const ask = () => context.ask([...new Set(Object.values(fields))], { matter, maxAge })
  let phase: "open" | "held" | "released" = "open"
  const hold = () => {
    phase = "held"
    setTimeout(() => {
      if (phase === "held") phase = "open"
      refresh()
    })
  }
  const refresh = () => {
    if (phase !== "open") return
    findInputs(form, options, { inputs, touch, record })
    const plan = toFormPlan({ fields, answers: ask(), touched, known })
    const news = [...inputs].flatMap(([name, input]) => input.show(plan[name] ?? asItIs))
    if (news.length > 0) status.textContent = news.join(". ")
  }
  refresh()
  const stops = [
    context.subscribe(refresh),
    hearForm(form, { inputs, touched, ask, refresh, hold, record }),
    () => {
      for (const input of inputs.values()) input.release()
    },
    () => status.remove(),
  ]
  return {
    refresh,
    release: () => {
      phase = "released"
      for (const stop of stops.splice(0)) stop()
    },
  }
}

const asItIs = { show: "input", question: undefined } as const

interface Found {
  readonly inputs: Map<string, GuardedInput>
  readonly touch: (name: string, how: Touch) => void
  readonly record: FormRecord
}

/** The form's inputs as they are now: some may have come since the last look, others gone. */
const findInputs = <Field extends string>(
  form: HTMLFormElement,
  { fields, words }: FormGuardOptions<Field>,
  { inputs, touch, record }: Found,
): void => {
  for (const [name, field] of Object.entries<Field>(fields)) {
    if (inputs.get(name)?.isCurrent()) continue
    inputs.get(name)?.release()
    inputs.delete(name)
    const input = createGuardedInput({
      form,
      name,
      field,
      words: { ...englishWords, ...words },
      onChange: () => touch(name, { by: "changing" }),
      onYes: (value) => {
        touch(name, { by: "confirmed", value })
        record.stated(field, value)
      },
    })
    if (input) inputs.set(name, input)
  }
}

/** A place where screen readers hear what becomes known later; not seen. */
const createStatus = (form: HTMLFormElement): HTMLElement => {
  const status = form.ownerDocument.createElement("p")
  status.setAttribute("role", "status")
  status.style.cssText =
    "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap"
  form.append(status)
  return status
}
