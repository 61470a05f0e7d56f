import { isEmpty, type Statement } from "@tellonce/core"

/** Tells the context what was asked and answered in a form, as statements. */
export const createFormRecord = (options: {
  readonly record: (statement: Statement) => void
  readonly channel: string
  readonly matter: string | undefined
}) => {
  const { record, channel, matter } = options
  const asked = new Set<string>()
  const state = (facts: Readonly<Record<string, unknown>>) => {
    const stated = Object.entries(facts).filter(([, fact]) => fact !== undefined && !isEmpty(fact))
    if (stated.length === 0) return
    record({ channel, matter, authority: "customer", facts: Object.fromEntries(stated) })
  }
  return {
    /** Each field counts once for this form, however often the customer comes back to it. */
    asked: (fields: readonly string[]): void => {
      const fresh = [...new Set(fields)].filter((field) => !asked.has(field))
      for (const field of fresh) asked.add(field)
      if (fresh.length > 0) record({ channel, matter, authority: "bot", event: { name: "asked", fields: fresh } })
    },
    stated: state,
  }
}

export type FormRecord = ReturnType<typeof createFormRecord>
