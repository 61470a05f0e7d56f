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
  /** Which field each input asks for, by the input's name. Inputs without a field are left alone. */
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
  /** Looks again at what is known, as time goes by. It looks by itself when the context changes. */
  refresh(): void
  /** The form is as it was before, but for what the customer has typed. */
  release(): void
}

/**
 * Asks in a form only what is not known. What is known is submitted with the form under the same names. What the customer states
 * here is recorded when they submit, a yes when they say it, and that they were asked when they first come to the form.
 */
export const guardForm = <Field extends string>(form: HTMLFormElement, options: FormGuardOptions<Field>): FormGuard => {
  const { context, fields, channel = "form", matter, maxAge, known } = options
  const touched = new Map<string, Touch>()
  const record = createFormRecord({ record: (statement) => context.record(statement), channel, matter })
  const inputs = createInputs(form, options, {
    touch: (name, touch) => {
      record.asked(fieldsAsked(inputs))
      touched.set(name, touch)
      refresh()
      inputs.get(name)?.focus()
    },
    record,
  })
  const status = createStatus(form)
  const ask = () => context.ask([...new Set(Object.values(fields))], { matter, maxAge })
  let isReleased = false
  const refresh = () => {
    if (isReleased) return
    const plan = toFormPlan({ fields, answers: ask(), touched, known })
    const news = [...inputs].flatMap(([name, input]) => input.show(plan[name] ?? asItIs))
    if (news.length > 0) status.textContent = news.join(". ")
  }
  refresh()
  const stops = [
    context.subscribe(refresh),
    hearForm(form, { inputs, touched, ask, refresh, record }),
    ...[...inputs.values()].map((input) => input.release),
    () => status.remove(),
  ]
  return {
    refresh,
    release: () => {
      isReleased = true
      for (const stop of stops.splice(0)) stop()
    },
  }
}

const asItIs = { show: "input", question: undefined } as const

const createInputs = <Field extends string>(
  form: HTMLFormElement,
  { fields, words }: FormGuardOptions<Field>,
  { touch, record }: { readonly touch: (name: string, touch: Touch) => void; readonly record: FormRecord },
): ReadonlyMap<string, GuardedInput> =>
  new Map(
    Object.entries<Field>(fields).flatMap(([name, field]) => {
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
      return input ? [[name, input] as const] : []
    }),
  )

/** A place where screen readers hear what becomes known later; not seen. */
const createStatus = (form: HTMLFormElement): HTMLElement => {
  const status = form.ownerDocument.createElement("p")
  status.setAttribute("role", "status")
  status.style.cssText =
    "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap"
  form.append(status)
  return status
}
