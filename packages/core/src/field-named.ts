import type { ContextDefinition } from "./define-context.ts"
import { TellonceError } from "./errors.ts"
import type { AnyField } from "./field.ts"

/** The declared field of this name. Throws `definition/unknown_field`. */
export const fieldNamed = ({ name, fields }: ContextDefinition, field: string): AnyField => {
  const found = Object.hasOwn(fields, field) ? fields[field] : undefined
  if (found) return found
  throw new TellonceError(
    "definition/unknown_field",
    `"${name}" has no field "${field}". Declare it, or correct the name.`,
  )
}
