import { isEmpty } from "@tellonce/core"

/** The facts that say something. Undefined when none does: a form left blank is no statement. */
export const withoutEmpty = (
  facts: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined => {
  const told = Object.entries(facts).filter(([, fact]) => !isEmpty(fact))
  return told.length === 0 ? undefined : Object.fromEntries(told)
}
