import type * as z from "zod/mini"

/** JSON of a known shape; undefined for anything else. */
export const parseJson = <Schema extends z.ZodMiniType>(
  schema: Schema,
  text: string | Uint8Array,
): z.output<Schema> | undefined => {
  try {
    const json: unknown = JSON.parse(typeof text === "string" ? text : new TextDecoder().decode(text))
    return schema.safeParse(json).data as z.output<Schema> | undefined
  } catch {
    return undefined
  }
}
