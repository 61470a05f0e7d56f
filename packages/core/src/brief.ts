import { compareText } from "./canonical.ts"
import { describeAge } from "./duration.ts"
import type { HouseView, Link } from "./house-view.ts"
import { inText, inWords } from "./in-words.ts"
import { describeProvenance, type Provenance, type Told } from "./provenance.ts"
import type { FieldView } from "./read-field.ts"
import { type AnyView, fieldsOf } from "./view.ts"

/** What whoever takes over must know, made without a model: the same view gives the same brief. */
export interface Brief {
  readonly who: readonly Link[]
  /** Newest first: what was said last stands above what was said before. */
  readonly known: readonly BriefedFact[]
  readonly conflicts: readonly BriefedFact[]
  /** Was known and has grown too old to serve. */
  readonly expired: readonly string[]
  readonly asked: HouseView["asked"]
  readonly told: HouseView["told"]
  readonly lastMessages: HouseView["messages"]
  /** Fields whose value is fresh: asking again makes the customer repeat themselves. */
  readonly doNotAsk: readonly string[]
}

export type BriefedFact = {
  readonly field: string
  readonly value: unknown
  readonly state: Known["state"]
  /** What other authorities say, where they contradict. */
  readonly others?: readonly Told<unknown>[]
} & Provenance

export const brief = (seen: AnyView): Brief => {
  const { $ } = seen
  const all = Object.entries(fieldsOf(seen))
  const known = all
    .flatMap(([field, seenField]) => (isKnown(seenField) ? [{ field, ...seenField }] : []))
    .sort(byRecency)
  return {
    who: $.links,
    known,
    conflicts: known.filter(({ state }) => state === "conflicting"),
    expired: all.filter(([, { state }]) => state === "expired").map(([field]) => field),
    asked: $.asked,
    told: $.told,
    lastMessages: $.messages.slice(0, 5),
    doNotAsk: known.filter(({ state }) => state === "fresh").map(({ field }) => field),
  }
}

type Known = Extract<FieldView, { state: "fresh" | "stale" | "conflicting" }>

const isKnown = (field: FieldView): field is Known => field.value !== undefined

const byRecency = (a: BriefedFact, b: BriefedFact): number => b.at - a.at || compareText(a.field, b.field)

/** The brief as Markdown for a person. Empty sections are left out. */
export const briefToMarkdown = (told: Brief): string => {
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ["Who", told.who.map(({ kind, value, proof }) => `${kind} ${value} (${proof})`)],
    [
      "Known",
      told.known.map(
        (fact) =>
          `${inWords(fact.field)}: ${inText(fact.value)} (${describeProvenance(fact)}${fact.state === "fresh" ? "" : `, ${fact.state}`})`,
      ),
    ],
    [
      "Asked",
      told.asked.map(
        ({ value, channel, age }) => `${value.fields.map(inWords).join(", ")} (${channel}, ${describeAge(age)})`,
      ),
    ],
    ["Told", told.told.map(({ value, channel, age }) => `${inText(value.facts)} (${channel}, ${describeAge(age)})`)],
    [
      "Last messages",
      told.lastMessages.map(({ value, channel, age }) => `${channel}, ${describeAge(age)}: ${quoted(value.text)}`),
    ],
    ["Do not ask", told.doNotAsk.map(inWords)],
  ]
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `## ${title}\n${lines.map((line) => `- ${line}`).join("\n")}`)
    .join("\n\n")
}

/** One line, so that a customer's text cannot open a section of its own. */
const quoted = (text: string): string => JSON.stringify(text.replace(/\s+/g, " ").slice(0, 280))
