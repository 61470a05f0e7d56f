/** Lone surrogates and control characters other than newline and tab: no reader needs them, and some databases refuse them. */
export const cleanText = (text: string): string =>
  text.replace(/\r\n?/g, "\n").replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, "")

/** The first `length` code units, without half a character at the end. */
export const clipText = (text: string, length: number): string =>
  text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "")
