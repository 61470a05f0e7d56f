import { type ContextDefinition, consent } from "@tellonce/core"

/** The first field of the definition that holds consents. */
export const consentFieldOf = (definition: ContextDefinition): string | undefined => {
  const { rule } = consent()
  return Object.keys(definition.fields).find((name) => definition.fields[name]?.rule === rule)
}
