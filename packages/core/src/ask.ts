import type { Context } from "./context.ts"
import type { Fields } from "./define-context.ts"
import type { AnyField } from "./field.ts"
import { fieldNamed } from "./field-named.ts"
import { inText, inWords } from "./in-words.ts"
import { describeProvenance, type Provenance } from "./provenance.ts"
import type { FieldView } from "./read-field.ts"
import type { Millis } from "./stamp.ts"
import { view } from "./view.ts"

export interface AskOptions {
  readonly now: Millis
  /** The matter the question belongs to. */
  readonly matter?: string | undefined
  /** Older than this, in milliseconds, a known value must be confirmed. */
  readonly maxAge?: Millis | undefined
  /** The fields the asker may read; the others are to be asked. All, unless told. */
  readonly reads?: ReadonlySet<string> | undefined
}

/** `skip`: known, use the value. `confirm`: say what is thought and let the customer correct it. `ask`: put the question. */
export type AskAnswer =
  | { readonly answer: "skip"; readonly reason: "known"; readonly value: unknown; readonly known: string }
  | {
      readonly answer: "confirm"
      readonly reason: ConfirmReason
      readonly value: unknown
      readonly known: string
      readonly question: string
    }
  | {
      readonly answer: "ask"
      readonly reason: "unknown" | "expired" | "withheld" | "other_matter"
      readonly question: string
    }

export type ConfirmReason = "stale" | "conflicting" | "other_matter"

/** Must this be asked? Per field, so that no customer is asked what they have said, and none is tied to what may have changed. */
export const ask = <F extends Fields, Name extends keyof F & string>(
  context: Context<F>,
  fields: readonly Name[],
  options: AskOptions,
): Readonly<Record<Name, AskAnswer>> => {
  const seen = view(context, options)
  const answers = fields.map((name) => [
    name,
    answerFor(name, fieldNamed(context.definition, name), seen[name] as FieldView, options),
  ])
  return Object.fromEntries(answers) as Record<Name, AskAnswer>
}

export const answerFor = (
  name: string,
  field: AnyField,
  known: FieldView,
  { matter }: Pick<AskOptions, "matter">,
): AskAnswer => {
  const question = field.ask ?? `What is your ${inWords(name)}?`
  if (known.state === "withheld" || known.state === "unknown" || known.state === "expired")
    return { answer: "ask", reason: known.state, question }
  const elsewhere =
    field.scope === "matter" && matter !== undefined && known.matter !== undefined && known.matter !== matter
  if (elsewhere && field.reuse === "never") return { answer: "ask", reason: "other_matter", question }
  const reason = confirmReason(known, elsewhere && field.reuse === "confirm")
  const answered = { value: known.value, known: describeProvenance(known) }
  return reason === undefined
    ? { answer: "skip", reason: "known", ...answered }
    : { answer: "confirm", reason, ...answered, question: `Is your ${inWords(name)} still ${inText(known.value)}?` }
}

const confirmReason = (known: FieldView & Provenance, elsewhere: boolean): ConfirmReason | undefined => {
  if (known.state === "conflicting") return "conflicting"
  if (elsewhere) return "other_matter"
  return known.state === "stale" ? "stale" : undefined
}
