import type { Json } from "@tellonce/core"

/** A JSON object whose members nobody has promised. */
export type JsonObject = { readonly [name: string]: Json | undefined }

/** An object that is no list. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The object under this name; an empty one where there is none. */
export const objectIn = (value: JsonObject, name: string): JsonObject => {
  const member = memberOf(value, name)
  return isObject(member) ? member : {}
}

/** The text under this name, a number written out; undefined where it is neither, or blank. */
export const textIn = (value: JsonObject, name: string): string | undefined => {
  const member = memberOf(value, name)
  const text = typeof member === "number" ? `${member}` : member
  return typeof text === "string" && text.trim() !== "" ? text : undefined
}

/** An object's own member: no path leads to what it inherits. */
export const memberOf = (value: unknown, name: string): Json | undefined =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, Json>>)[name]
    : undefined
