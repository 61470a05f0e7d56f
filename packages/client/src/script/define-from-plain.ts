import {
  type ContextDefinition,
  defineContext,
  type FieldOptions,
  type Fields,
  latest,
  recent,
  type StandardSchema,
  set,
} from "@tellonce/core"

/** A field as a page without a bundler can write it. */
export interface PlainField extends FieldOptions {
  /** `latest` unless told. */
  readonly rule?: "latest" | "recent" | "set"
  /** `string` unless told, or of the kind of `oneOf`. */
  readonly type?: "string" | "number" | "boolean"
  readonly oneOf?: readonly (string | number)[]
  /** For `recent` and `set`: how many are kept. */
  readonly keep?: number
}

export interface PlainContext {
  readonly name: string
  readonly version: number
  readonly fields: Readonly<Record<string, PlainField>>
}

/** A definition from plain data, the same on the wire as one that was written with a schema library. */
export const defineFromPlain = ({ name, version, fields }: PlainContext): ContextDefinition<Fields> => {
  const makers = { latest, recent, set }
  const made = Object.entries(fields).map(([field, { rule = "latest", type, oneOf, ...options }]) => [
    field,
    makers[rule](toSchema(type ?? "string", oneOf), { keep: 50, ...options }),
  ])
  return defineContext({ name, version, fields: Object.fromEntries(made) as Fields })
}

const toSchema = (type: string, oneOf: PlainField["oneOf"]): StandardSchema => ({
  "~standard": {
    version: 1,
    vendor: "tellonce",
    validate: (value) =>
      (oneOf ? oneOf.includes(value as string) : typeof value === type)
        ? { value }
        : { issues: [{ message: oneOf ? `not one of ${oneOf.join(", ")}` : `not a ${type}` }] },
  },
})
