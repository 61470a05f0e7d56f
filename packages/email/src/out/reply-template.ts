import { type AskAnswer, inText, inWords } from "@tellonce/core"

export interface ReplyTemplateOptions {
  readonly greeting: string
  /** From `ask`, in the order in which they are to appear. */
  readonly answers: Readonly<Record<string, AskAnswer>>
  readonly closing: string
  /** The sentences between, for other languages and tones. */
  readonly phrases?: Partial<ReplyPhrases>
}

export interface ReplyPhrases {
  readonly known: string
  readonly confirm: string
  readonly ask: string
}

const english: ReplyPhrases = {
  known: "We have this from you already:",
  confirm: "Please tell us if this has changed:",
  ask: "We still need to know:",
}

/** The text of an answering mail: says what is known, has what may have changed confirmed, and asks only what must be asked. */
export const replyTemplate = ({ greeting, answers, closing, phrases = {} }: ReplyTemplateOptions): string => {
  const words = { ...english, ...phrases }
  const entries = Object.entries(answers)
  const known = entries.flatMap(([name, given]) =>
    given.answer === "skip" ? [`${inWords(name)}: ${oneLine(inText(given.value))}`] : [],
  )
  const questions = (kind: "confirm" | "ask") =>
    entries.flatMap(([, given]) => (given.answer === kind ? [oneLine(given.question)] : []))
  return [
    greeting,
    list(words.known, known),
    list(words.confirm, questions("confirm")),
    list(words.ask, questions("ask")),
    closing,
  ]
    .filter((block) => block !== "")
    .join("\n\n")
}

const list = (heading: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : [heading, ...lines.map((line) => `- ${line}`)].join("\n")

/** A value with line breaks could pass for a paragraph of ours. */
const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim()
