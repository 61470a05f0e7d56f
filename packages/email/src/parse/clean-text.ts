/** What the bytes 80 to 9F stand for in windows-1252. Some readers, older Node among them, make controls of them, which no text holds. */
const windows = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"

/** Lone surrogates and control characters other than newline and tab: no reader needs them, and some databases refuse them. */
export const cleanText = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0080-\u009f]/g, (control) => windows[control.charCodeAt(0) - 0x80] ?? "")
    .replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, "")

/** The first `length` code units, without half a character at the end. */
export const clipText = (text: string, length: number): string =>
  text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "")
