import type { Brief } from "./brief.ts"
import { briefSections } from "./brief-sections.ts"

/** The brief as Markdown for a person. */
export const briefToMarkdown = (made: Brief): string =>
  briefSections(made, onOneLine)
    .map(({ title, lines }) => `## ${title}\n${lines.map((line) => `- ${line}`).join("\n")}`)
    .join("\n\n")

const longest = 280

/** On one line and without markup of its own, so that a customer's text can neither open a section nor load a picture. */
const onOneLine = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .slice(0, longest)
    .replace(/[\\`*_[\]<>#|!]/g, "\\$&")
