import type { AskAnswer } from "./ask.ts"
import { inText } from "./in-words.ts"

/** What the customer has done with an input of the form. Nothing: it is absent. */
export type Touch =
  /** They want to say it anew, or have begun to: it stays theirs, whatever becomes known. */
  | { readonly by: "changing" }
  /** They said yes to this value. Another one is asked about again. */
  | { readonly by: "confirmed"; readonly value: unknown }

/** How a question of the form is put. */
export type FormStep =
  /** As the form has it. */
  | { readonly show: "input"; readonly question: string | undefined }
  /** Known: the value stands in the input's place, or in the input, and can be changed. */
  | { readonly show: "known" | "filled"; readonly value: unknown; readonly text: string; readonly known: string }
  /** A yes or no in the input's place. */
  | {
      readonly show: "confirm"
      readonly value: unknown
      readonly text: string
      readonly known: string
      readonly question: string
    }

export interface FormQuestions<Field extends string = string> {
  /** Which field each input asks for, by the input's name. */
  readonly fields: Readonly<Record<string, Field>>
  /** What the ask guard says of each field. */
  readonly answers: Readonly<Record<Field, AskAnswer>>
  readonly touched?: ReadonlyMap<string, Touch> | undefined
  /** Known values replace their inputs (`hide`) or stand in them (`fill`). Replaced unless told. */
  readonly known?: "hide" | "fill" | undefined
}

/** Decides for each input whether it is asked, confirmed or left out. Pure, for any framework to draw. */
export const toFormPlan = <Field extends string>({
  fields,
  answers,
  touched = new Map(),
  known = "hide",
}: FormQuestions<Field>): Readonly<Record<string, FormStep>> =>
  Object.fromEntries(
    Object.entries(fields).map(([input, field]) => [
      input,
      toStep(answers[field as Field], touched.get(input), known === "hide" ? "known" : "filled"),
    ]),
  )

const toStep = (given: AskAnswer, touch: Touch | undefined, show: "known" | "filled"): FormStep => {
  if (given.answer === "ask") return { show: "input", question: given.question }
  if (touch?.by === "changing") return { show: "input", question: undefined }
  const { value, known } = given
  const text = inText(value)
  const isConfirmed = touch?.by === "confirmed" && inText(touch.value) === text
  if (given.answer === "skip" || isConfirmed) return { show, value, text, known }
  return { show: "confirm", value, text, known, question: given.question }
}
