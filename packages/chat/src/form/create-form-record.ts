import { isEmpty, type Statement } from "@tellonce/core"

/** Tells the context what was asked and answered in a form, as statements. */
export const createFormRecord = (options: {
  readonly record: (statement: Statement) => void
  readonly channel: string
  readonly matter: string | undefined
}) => {
  const { record, channel, matter } = options
  const asked = new Set<string>()
  return {
    /** Each field counts once for this form, however often the customer comes back to it. */
    asked: (fields: readonly string[]): void => {
      const fresh = [...new Set(fields)].filter((field) => !asked.has(field))
      for (const field of fresh) asked.add(field)
      if (fresh.length > 0) record({ channel, matter, authority: "bot", event: { name: "asked", fields: fresh } })
    },
    /** Each field is a statement of its own: one that the context refuses costs no other. */
    stated: (field: string, fact: unknown): void => {
      if (!isEmpty(fact)) record({ channel, matter, authority: "customer", facts: { [field]: fact } })
    },
  }
}

export type FormRecord = ReturnType<typeof createFormRecord>
