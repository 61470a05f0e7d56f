/** A name or an id as text; undefined for what is none: nothing, an object, something longer than any name. */
export const toText = (value: unknown): string | undefined => {
  if (typeof value === "number" && Number.isFinite(value)) return String(value)
  if (typeof value !== "string") return undefined
  const text = value.trim()
  return text !== "" && text.length <= longest ? text : undefined
}

/** An identity's value has at most so many characters. */
const longest = 320
