import { type AskAnswer, type AskOptions, answerFor } from "./ask.ts"
import type { ContextDefinition, Fields } from "./define-context.ts"
import { fieldNamed } from "./field-named.ts"
import type { FieldView } from "./read-field.ts"
import type { AnyView } from "./view.ts"

/**
 * `ask` where only a view is at hand, such as one that came with a page. A view shows one value per field: what this matter said
 * itself is confirmed where another one has said something newer.
 */
export const askView = <F extends Fields, Name extends keyof F & string>(
  definition: ContextDefinition<F>,
  seen: AnyView,
  fields: readonly Name[],
  options: Pick<AskOptions, "matter" | "maxAge"> = {},
): Readonly<Record<Name, AskAnswer>> => {
  const answers = fields.map((name) => [
    name,
    answerFor(name, fieldNamed(definition, name), asOld(seen[name] as FieldView, options.maxAge), options),
  ])
  return Object.fromEntries(answers) as Record<Name, AskAnswer>
}

const asOld = (known: FieldView, maxAge: number | undefined): FieldView =>
  known.state === "fresh" && maxAge !== undefined && known.age > maxAge ? { ...known, state: "stale" } : known
