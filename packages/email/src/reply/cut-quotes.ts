import { isQuotedLine, stripEnds } from "./bare-line.ts"
import { findAttribution, isQuotedNext } from "./find-attribution.ts"
import { isHeaderBlock } from "./is-header-block.ts"
import { isQuoteTitle } from "./is-quote-title.ts"

/** Stands in a text for the place from which on all is quoted. A mail that brings its own only cuts itself. */
export const restIsQuoted = "\uE000"

/** Of a longer text the rest is neither looked at nor kept: a message holds less. */
const maxLines = 10_000

/**
 * What is left of a text without its quotes, in the stretches that stood between them. Each line is looked at a bounded number of
 * times, each time by its first 500 characters at most.
 */
export const cutQuotes = (text: string): readonly (readonly string[])[] => {
  const lines = text.split(/\r\n?|\n/, maxLines)
  const stretches: string[][] = [[]]
  let isTop = true
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? ""
    const own = stretches.at(-1) ?? []
    const attribution = findAttribution(lines, at)
    if (isEnd(lines, at, attribution, isTop)) break
    if (line.trim() !== "") isTop = false
    if (attribution === 0 && !isQuotedLine(line)) own.push(line)
    else if (own.length > 0) stretches.push([])
    at += Math.max(attribution, 1)
  }
  return stretches.map(withoutRules).filter((stretch) => stretch.some((line) => line.trim() !== ""))
}

/** Whether the quoted mail begins here and nothing marks its lines, so that it can only end with the text. */
const isEnd = (lines: readonly string[], at: number, attribution: number, isTop: boolean): boolean => {
  if (lines[at]?.startsWith(restIsQuoted)) return true
  if (attribution > 0) return !isQuotedNext(lines, at + attribution)
  return isQuoteTitle(lines, at) || isHeaderBlock(lines, at, { isTop })
}

/** Without blank lines at the ends, and without the rule that was drawn above a quote. */
const withoutRules = (stretch: readonly string[]): readonly string[] => {
  let start = 0
  let end = stretch.length
  while (start < end && stretch[start]?.trim() === "") start++
  while (end > start && isRule(stretch[end - 1] ?? "")) end--
  return stretch.slice(start, end)
}

const isRule = (line: string): boolean => line.length < 200 && stripEnds(line, "-_=—*~ \t\u00a0") === ""
