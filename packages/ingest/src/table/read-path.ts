import type { Json } from "@tellonce/core"
import { memberOf } from "../json-object.ts"

/**
 * The value a path leads to: names and places between dots. A name that meets a list reads it from each of its items, so that
 * `"properties.products.sku"` gives all of them. Undefined where it leads nowhere.
 */
export const readPath = (body: unknown, path: string): Json | undefined => {
  let found: Json | undefined = body as Json
  for (const step of path.split(".")) found = takeStep(found, step)
  return found
}

const takeStep = (value: Json | undefined, step: string): Json | undefined => {
  if (!Array.isArray(value) || /^\d+$/.test(step)) return memberOf(value, step)
  const items = value.map((item: Json) => memberOf(item, step)).filter((item) => item !== undefined)
  return items.length === 0 ? undefined : items
}
