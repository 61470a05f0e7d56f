import EmailReplyParser from "email-reply-parser"

const maxLines = 300
const maxLine = 200
/** Some of the parser's patterns span lines from such an opening to such a verb. */
const opening = /^\s*(?:Op\s|W\sdniu|Dnia|在|[a-z]{3,4}\.\s)/
const verb = /schreef|skrev|pisze|napisał|写道/
const maxOpenings = 10
const maxVerbs = 20
const mark = "\uE000"
// A CommonJS build gets this ESM-only package one level deeper.
const Parser = "default" in EmailReplyParser ? (EmailReplyParser.default as typeof EmailReplyParser) : EmailReplyParser

/**
 * Leaves out what is quoted, by the attributions and markers of common mail programs. Of a long text the first 300 lines are looked at.
 *
 * The parser's patterns backtrack, some in the cube of a line's length. So a line that cannot be an attribution, and every line that
 * would make the work grow, goes through it as a short mark and is put back afterwards.
 */
export const cutQuotes = (text: string): string => {
  const held: string[] = []
  let openings = 0
  let verbs = 0
  const hold = (line: string) => `${mark}${held.push(line) - 1}${mark}`
  const short = tidyLines(text).map((line) => {
    if (line.startsWith(">")) return ">"
    if (opening.test(line)) openings++
    if (verb.test(line)) verbs++
    const costly = (openings > maxOpenings && opening.test(line)) || (verbs > maxVerbs && verb.test(line))
    return line.length > maxLine || costly ? hold(line) : line
  })
  const reply = new Parser().parseReply(short.join("\n"))
  return reply.replace(/\uE000(\d+)\uE000/g, (_, index) => held[Number(index)] ?? "").trim()
}

/** Runs of blank lines and of quoted lines made one. */
const tidyLines = (text: string): string[] => {
  const lines: string[] = []
  for (const raw of text.replaceAll(mark, "").split(/\r\n?|\n/)) {
    const line = raw.trim() === "" ? "" : raw
    const before = lines.at(-1)
    if (line === "" && before === "") continue
    if (line.startsWith(">") && before?.startsWith(">")) continue
    if (lines.push(line) >= maxLines) break
  }
  return lines
}
