import type { ContextDefinition, FactsOf, Fields } from "../define-context.ts"
import { TellonceError } from "../errors.ts"
import { admitFact } from "../field.ts"
import type { Tell } from "./tell.ts"

/** Tells whose facts this definition admits: checked by its types, and where a fact is the same each time by its schemas, before any signal. */
export const defineTells = <F extends Fields>(
  { name: of, fields }: ContextDefinition<F>,
  tells: readonly Tell<FactsOf<F>>[],
): readonly Tell<FactsOf<F>>[] => {
  for (const { name, fact } of tells) {
    if (typeof fact === "function") continue
    for (const [fieldName, value] of Object.entries(fact)) {
      const field = Object.hasOwn(fields, fieldName) ? fields[fieldName] : undefined
      if (field === undefined) {
        throw new TellonceError(
          "tell/unknown_field",
          `The tell "${name}" states "${fieldName}", and the definition "${of}" has no such field. Declare it, or correct the name.`,
        )
      }
      const admitted = admitFact(fieldName, field, value, { kind: "tell", value: name })
      if (!admitted.ok)
        throw new TellonceError("tell/fact", `The tell "${name}" cannot state that. ${admitted.message}`)
    }
  }
  return tells
}
