import { bareLine, stripEnds } from "./bare-line.ts"
import { closingOf } from "./is-closing.ts"
import { isDisclaimer } from "./is-disclaimer.ts"
import { isMobileFooter } from "./mobile-footer.ts"

/** Signatures are short. What is longer below such a line is the mail itself. */
const most = { belowDashes: 20, belowRule: 8, belowClosing: 8, letters: 90, disclaimers: 40 }

/** The lines without what a program or a habit puts under every mail; `sender` is the writer's name, where it is known. */
export const cutSignature = (lines: readonly string[], sender = ""): readonly string[] => {
  const steps = [cutBelowDashes, cutDisclaimer, cutFooters, cutBelowRule, cutFooters, cutClosing, cutName, cutFooters]
  return steps.reduce((left, step) => withoutBlankEnd(step(left, sender)), withoutBlankEnd(lines))
}

/** Below "-- ", the one mark that a standard knows. */
const cutBelowDashes = (lines: readonly string[]): readonly string[] => {
  let from = lines.length
  for (let below = 0; from > 0 && below <= most.belowDashes; from--) if (lines[from - 1]?.trim() !== "") below++
  const mark = lines.findIndex((line, at) => at >= from && /^(?:--|––|—) {0,2}$/.test(line))
  return mark === -1 ? lines : lines.slice(0, mark)
}

const cutDisclaimer = (lines: readonly string[]): readonly string[] => {
  const from = Math.max(lines.length - most.disclaimers, 1)
  for (let at = from; at < lines.length; at++) {
    if (lines[at - 1]?.trim() !== "" || lines[at]?.trim() === "") continue
    const end = lines.findIndex((line, index) => index > at && line.trim() === "")
    if (isDisclaimer(lines.slice(at, end === -1 ? lines.length : end))) return lines.slice(0, at)
  }
  return lines
}

const cutFooters = (lines: readonly string[]): readonly string[] => {
  let end = lines.length
  while (end > 0 && (lines[end - 1]?.trim() === "" || isMobileFooter(lines[end - 1] ?? ""))) end--
  return lines.slice(0, end)
}

/** A drawn line is a signature's only when a few short lines stand below and no other rule is drawn: else it divides a text. */
const cutBelowRule = (lines: readonly string[]): readonly string[] => {
  const rules = lines.flatMap((line, at) => (isRule(line) ? [at] : []))
  const [mark] = rules
  if (mark === undefined || rules.length > 1) return lines
  const below = spoken(lines.slice(mark + 1, mark + 1 + 4 * most.belowRule))
  if (lines.length - mark > 4 * most.belowRule || below.length > most.belowRule) return lines
  return below.every((line) => line.length <= most.letters && !isSentence(line)) ? lines.slice(0, mark) : lines
}

const isRule = (line: string): boolean => {
  const bare = line.length > 200 ? "" : line.trim()
  return bare.length >= 2 && ["-", "_", "=", "+", "*", "~"].some((sign) => stripEnds(bare, sign) === "")
}

const isSentence = (line: string): boolean => /[.!?。？！]$/.test(line.trim()) && line.trim().split(" ").length > 5

/** Below the words that close a letter, when only short lines follow and none of them goes on. */
const cutClosing = (lines: readonly string[], sender: string): readonly string[] => {
  for (let at = Math.max(lines.length - 2 * most.belowClosing, 1); at < lines.length; at++) {
    const closing = closingOf(lines[at] ?? "")
    if (closing === undefined) continue
    const below = spoken(lines.slice(at + 1))
    const short = below.length <= most.belowClosing && below.every((line) => line.length <= most.letters)
    if (!short || below.some(goesOn)) continue
    if (closing === "closing" || names(below[0], sender)) return lines.slice(0, at)
  }
  return lines
}

/** The sender's own name as the last line, with or without a dash before it. */
const cutName = (lines: readonly string[], sender: string): readonly string[] => {
  const known = new Set(parts(sender))
  const last = bareLine(lines.at(-1) ?? "")
  const said = parts(last)
  if (lines.length < 2 || said.length === 0 || !said.every((part) => known.has(part))) return lines
  return /^[-–— ]{0,4}[\p{L}. '’-]{1,60}$/u.test(last) ? lines.slice(0, -1) : lines
}

const goesOn = (line: string): boolean => /[?？]\s{0,2}$|^\s{0,4}(?:p\.? ?s|n\.?b|ps)\b/i.test(line) || isSentence(line)

/** Whether a line gives a part of the sender's name. */
const names = (line: string | undefined, sender: string): boolean => {
  const known = new Set(parts(sender))
  return line !== undefined && parts(line).some((part) => known.has(part))
}

const parts = (name: string): readonly string[] =>
  bareLine(name)
    .split(/[^\p{L}]/u)
    .filter((part) => part.length > 1)

const spoken = (lines: readonly string[]): readonly string[] => lines.filter((line) => line.trim() !== "")

const withoutBlankEnd = (lines: readonly string[]): readonly string[] => {
  let end = lines.length
  while (end > 0 && lines[end - 1]?.trim() === "") end--
  return lines.slice(0, end)
}
