import type { Expectation } from "./manifest.ts"

/** Whether a reply is what the manifest expects. Blanks at the ends, and at the ends of lines, are no difference. */
export const judgeReply = (reply: string, { match, reply: expected, accept = [], ...words }: Expectation): boolean => {
  const has = (part: string) => reply.includes(part)
  if (!(words.contains ?? []).every(has) || (words.not_contains ?? []).some(has)) return false
  if (match === "contains" || match === "none") return true
  const wanted = [...(typeof expected === "string" ? [expected] : []), ...accept]
  if (match === "starts_with") return wanted.some((one) => tidy(reply).startsWith(tidy(one)))
  const same = match === "exact" ? tidy : match === "ws_insensitive" ? blankless : markless
  return wanted.some((one) => same(one) === same(reply))
}

const tidy = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .join("\n")
    .trim()

const blankless = (text: string): string => text.replace(/\s+/g, " ").trim()

const markless = (text: string): string => blankless(text.replace(/[*_`#>|[\]()-]/g, " "))
