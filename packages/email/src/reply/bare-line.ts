const blanks = /[\t\u00a0\u2000-\u200a\u202f\u3000]/g
/** Direction marks and other signs of no width, which mail programs put around dates and names. */
const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** Nothing a mail program writes about a quote is as long: no rule looks at a longer line. */
const longestRuledLine = 500

/** A line as the rules see it: in lower case, without stars for bold, with plain blanks; empty when it is too long to be ruled on. */
export const bareLine = (line: string): string =>
  line.length > longestRuledLine
    ? ""
    : line.normalize("NFC").replace(blanks, " ").replace(unseen, "").replaceAll("*", "").trim().toLowerCase()

/** Whether the writer's program marked the line as quoted. */
export const isQuotedLine = (line: string): boolean => line.startsWith(">") || line.startsWith(" >")

/** Without any of these characters at both ends; a scan, for a pattern would try again at each of them. */
export const stripEnds = (text: string, characters: string): string => {
  let start = 0
  let end = text.length
  while (start < end && characters.includes(text[start] ?? "")) start++
  while (end > start && characters.includes(text[end - 1] ?? "")) end--
  return text.slice(start, end)
}
