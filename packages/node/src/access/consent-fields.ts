import { type AnyView, type ContextDefinition, consent, type FieldView } from "@tellonce/core"

const found = new WeakMap<ContextDefinition, readonly string[]>()

/** The fields of a definition that hold consents. */
export const consentFields = (definition: ContextDefinition): readonly string[] => {
  const known = found.get(definition)
  if (known) return known
  const { rule } = consent()
  const fields = Object.keys(definition.fields).filter((name) => definition.fields[name]?.rule === rule)
  found.set(definition, fields)
  return fields
}

/** Granted in one of these fields and denied in none. What nobody chose, and what has expired, is no grant. */
export const hasConsented = (seen: AnyView, fields: readonly string[], purpose: string): boolean => {
  const choices = choicesOn(seen, fields, purpose)
  return choices.includes("granted") && !choices.includes("denied")
}

export const hasDenied = (seen: AnyView, fields: readonly string[], purpose: string): boolean =>
  choicesOn(seen, fields, purpose).includes("denied")

const choicesOn = (seen: AnyView, fields: readonly string[], purpose: string): readonly unknown[] =>
  fields.map((name) => {
    const { value } = seen[name] as FieldView<Readonly<Record<string, unknown>>>
    return value !== undefined && Object.hasOwn(value, purpose) ? value[purpose] : undefined
  })
