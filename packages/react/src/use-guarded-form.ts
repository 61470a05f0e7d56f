import { type FactsOf, type Fields, type FormStep, type Touch, toFormPlan, type ValueOf } from "@tellonce/core"
import { useRef, useState } from "react"
import type { ContextStore } from "./create-context-store.ts"
import { recordFacts, type ToldWhere } from "./create-write-hooks.ts"
import { type FormSteps, fieldsAsked, type InputFields, openStep, statedIn } from "./form-steps.ts"
import type { AskedOf } from "./react-port.ts"
import { useSelection } from "./use-selection.ts"
import type { WithValue } from "./with-value.ts"

export interface GuardedFormOptions<Inputs> extends AskedOf, Partial<ToldWhere> {
  /** Which field each input asks for, by the input's name. `channel` is `form` unless told. */
  readonly fields: Inputs
  /** Known values replace their inputs (`hide`) or stand in them (`fill`). Replaced unless told. */
  readonly known?: "hide" | "fill" | undefined
}

/** How each input of a form is to be drawn, and what to call when the customer does something about it. */
export interface GuardedForm<F extends Fields, Inputs extends InputFields<keyof F & string>> {
  readonly steps: { readonly [Input in keyof Inputs]: WithValue<FormStep, ValueOf<F[Inputs[Input]]>> }
  /** For the form element: they tell when the customer comes to it, is in an input and writes. */
  readonly handlers: {
    onFocus(event: { readonly target: EventTarget }): void
    onBlur(): void
    onInput(event: { readonly target: EventTarget }): void
  }
  /** A yes to what is thought. It is recorded at once. */
  confirm(input: keyof Inputs): void
  /** A no, or the wish to say it anew: the input is theirs. */
  change(input: keyof Inputs): void
  /** What the form was sent with. What only stood there because it is known is not recorded again. */
  submit(values: { readonly [Input in keyof Inputs]?: FactsOf<F>[Inputs[Input]] | null | undefined }): void
}

/** As the app sees it: typed by the definition. */
export type FormHook<F extends Fields> = <const Inputs extends InputFields<keyof F & string>>(
  options: GuardedFormOptions<Inputs>,
) => GuardedForm<F, Inputs>

export const useGuardedForm = <F extends Fields>(
  store: ContextStore<F>,
  options: GuardedFormOptions<InputFields<keyof F & string>>,
) => {
  const { fields, channel = "form", matter, maxAge, known } = options
  const [touched, setTouched] = useState<ReadonlyMap<string, Touch>>(new Map())
  const [held, hold] = useState<FormSteps>({})
  const counted = useRef(new Set<string>())
  const answers = useSelection(store, ({ ask }) => ask([...new Set(Object.values(fields))], { matter, maxAge }))
  const steps: FormSteps = { ...toFormPlan({ fields, answers, touched, known }), ...held }
  const countAsked = () => {
    const fresh = fieldsAsked(fields, steps).filter((field) => !counted.current.has(field))
    for (const field of fresh) counted.current.add(field)
    if (fresh.length === 0) return
    store.record({ channel, matter, authority: "bot", event: { name: "asked", fields: fresh } })
  }
  const state = (field: string, fact: unknown) =>
    recordFacts(store.record, { channel, matter, authority: "customer" }, { [field]: fact })
  const touch = (input: string, how: Touch) => setTouched((before) => new Map(before).set(input, how))
  return {
    steps,
    handlers: {
      onFocus(event: { readonly target: EventTarget }) {
        countAsked()
        // Nobody is interrupted while they are in an input: its step stays what it is.
        hold(openStep(steps, nameOf(event)))
      },
      onBlur: () => hold({}),
      onInput(event: { readonly target: EventTarget }) {
        const name = nameOf(event)
        if (Object.hasOwn(openStep(steps, name), name)) touch(name, { by: "changing" })
      },
    },
    confirm(input: string) {
      const step = steps[input]
      const field = fields[input]
      if (step?.show !== "confirm" || field === undefined) return
      countAsked()
      touch(input, { by: "confirmed", value: step.value })
      state(field, step.value)
    },
    change(input: string) {
      countAsked()
      touch(input, { by: "changing" })
    },
    submit(values: Readonly<Record<string, unknown>>) {
      countAsked()
      setTouched(new Map())
      hold({})
      // Each field is a statement of its own: one that the context refuses costs no other.
      for (const [field, fact] of Object.entries(statedIn(fields, steps, values))) state(field, fact)
    },
  }
}

const nameOf = ({ target }: { readonly target: EventTarget }): string =>
  (target as Partial<HTMLInputElement>).name ?? ""
