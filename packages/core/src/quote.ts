/** Printable ASCII without `"` and `\`: what JSON writes as it is. */
const plain = /^[ !#-[\]-~]*$/

/** A text in JSON; most are plain, and told so in a fraction of the time. */
export const quote = (text: string): string => (plain.test(text) ? `"${text}"` : JSON.stringify(text))
