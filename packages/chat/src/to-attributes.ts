import { type Fields, type FieldView, inText, type View } from "@tellonce/core"

/** What chat vendors can carry: flat, and scalars only. */
export type Attributes = Readonly<Record<string, string | number | boolean>>

/** The known ones of these fields. What is unknown or expired is absent. */
export const toAttributes = <F extends Fields>(view: View<F>, fields: readonly (keyof F & string)[]): Attributes =>
  Object.fromEntries(
    fields.flatMap((name) => {
      const field = view[name] as FieldView | undefined
      return field === undefined || field.state === "unknown" || field.state === "expired"
        ? []
        : [[name, toScalar(field.value)]]
    }),
  )

const toScalar = (value: unknown): string | number | boolean =>
  typeof value === "number" || typeof value === "boolean" ? value : inText(value)
