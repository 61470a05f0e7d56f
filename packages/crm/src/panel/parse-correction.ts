/** What an agent typed, as a value of the same kind as the one it corrects; undefined where it cannot be read as one. */
export const parseCorrection = (typed: string, current: unknown): unknown => {
  const text = typed.trim()
  if (text === "") return undefined
  if (typeof current === "string") return text
  if (typeof current === "number") return Number.isFinite(Number(text)) ? Number(text) : undefined
  if (typeof current === "boolean") return { true: true, false: false }[text]
  if (isTexts(current)) return text.split(",").flatMap((part) => part.trim() || [])
  return sameShape(parseJson(text), current)
}

/** The text an agent starts from. */
export const toCorrectable = (current: unknown): string => {
  if (typeof current === "string") return current
  return isTexts(current) ? current.join(", ") : JSON.stringify(current)
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string" && !one.includes(","))

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const sameShape = (value: unknown, current: unknown): unknown =>
  typeof value === typeof current && Array.isArray(value) === Array.isArray(current) ? value : undefined
