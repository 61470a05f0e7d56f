import { type AskAnswer, inText, inWords } from "@tellonce/core"

/** What the chat bot says when a return is on the table: what it knows it uses, and it asks for one thing at a time. */
export const returnBot = (answers: Readonly<Record<string, AskAnswer>>, settled: string): string => {
  const all = Object.entries(answers)
  const known = all.flatMap(([field, given]) =>
    given.answer === "skip" ? [`✓ ${inWords(field)}: ${inText(given.value)} (${given.known})`] : [],
  )
  const [next] = all.flatMap(([, given]) => (given.answer === "skip" ? [] : [given.question]))
  const heard = known.length === 0 ? "I am sorry about that." : `You need not type this again:\n${known.join("\n")}`
  return `${heard}\n${next ?? settled}`
}

export const greeting = "Hello! Tell me what you need. If it is about an order, its number helps."

/** What the bot says when nothing is on the table that it knows of. */
export const smallTalk = "Happy to help. Is it about an order you have, or something you would like to buy?"
