/** `orderNumber` → `order number`. */
export const inWords = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_.-]+/g, " ")
    .toLowerCase()

/** A value as a person reads it. */
export const inText = (value: unknown): string =>
  typeof value === "string" ? value : Array.isArray(value) ? value.map(inText).join(", ") : JSON.stringify(value)
