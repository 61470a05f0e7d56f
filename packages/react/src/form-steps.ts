import type { FormStep } from "@tellonce/core"
import { isSame } from "./is-same.ts"

/** By the inputs' names. */
export type FormSteps = Readonly<Record<string, FormStep>>
/** The field each input asks for, by the input's name. */
export type InputFields<Field extends string = string> = Readonly<Record<string, Field>>

/** The step of an input that is in sight and the customer's to write in; empty for any other. */
export const openStep = (steps: FormSteps, name: string): FormSteps => {
  const step = Object.hasOwn(steps, name) ? steps[name] : undefined
  return step?.show === "input" || step?.show === "filled" ? { [name]: step } : {}
}

/** The fields the form asks about as it stands. */
export const fieldsAsked = (fields: InputFields, steps: FormSteps): readonly string[] => {
  const asked = Object.entries(fields).filter(([input]) => {
    const step = steps[input]
    return step?.show === "confirm" || (step?.show === "input" && step.question !== undefined)
  })
  return [...new Set(asked.map(([, field]) => field))]
}

/** What was the customer's to write, and is not what stood there anyway. */
export const statedIn = (
  fields: InputFields,
  steps: FormSteps,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([input, field]) => {
      const step = openStep(steps, input)[input]
      const stood = step?.show === "filled" && isSame(step.value, values[input])
      return step === undefined || stood ? [] : [[field, values[input]]]
    }),
  )
