import type { Brief } from "./brief.ts"
import { describeAge } from "./duration.ts"
import { inText, inWords } from "./in-words.ts"
import { describeProvenance, type Provenance } from "./provenance.ts"

export interface BriefSection {
  readonly title: string
  /** Newest or weightiest first. */
  readonly lines: readonly string[]
  /** Greater is more useful: the least useful goes first where space is short. */
  readonly use: number
}

/** Puts free text, which others wrote, into the form of its reader. */
type Write = (text: string) => string

/** The brief in reading order. Empty sections are left out. */
export const briefSections = (made: Brief, write: Write): readonly BriefSection[] =>
  [knowledge, history, standing, advice].flatMap((part) => part(made, write)).filter(({ lines }) => lines.length > 0)

const section = <Item>(
  title: string,
  use: number,
  items: readonly Item[],
  line: (item: Item) => string,
): BriefSection => ({
  title,
  use,
  lines: items.map(line),
})

const knowledge = ({ who, wants, known }: Brief, write: Write): readonly BriefSection[] => [
  section("Who", 14, who, ({ kind, value, proof }) => `${kind} ${write(value)} (${proof})`),
  section("Wants now", 13, wants, ({ field, value }) => `${inWords(field)}: ${write(inText(value))}`),
  section("Known", 8, known, (fact) => {
    const doubt = fact.state === "fresh" ? "" : `, ${fact.state}`
    return `${inWords(fact.field)}: ${write(inText(fact.value))} (${describeProvenance(fact)}${doubt})`
  }),
]

const history = ({ asked, told, promised, tried }: Brief, write: Write): readonly BriefSection[] => [
  section("Asked", 4, asked, ({ value, ...one }) => `${value.fields.map(inWords).join(", ")} (${where(one)})`),
  section("Told", 3, told, ({ value, ...one }) => {
    const facts = Object.entries(value.facts).map(([field, said]) => `${inWords(field)} ${write(inText(said))}`)
    return `${facts.join(", ")} (${where(one)})`
  }),
  section("Promised", 7, promised, ({ value, ...one }) => `${write(value.what)} (${where(one)})`),
  section(
    "Tried",
    2,
    tried,
    ({ value: { what, outcome }, ...one }) => `${write(what)}${outcome ? `, ${outcome}` : ""} (${where(one)})`,
  ),
]

const standing = ({ openMatters, conflicts, corrections, friction }: Brief, write: Write): readonly BriefSection[] => [
  section("Open matters", 6, openMatters, ({ matter, kind, title }) =>
    [matter, kind, title].flatMap((text) => (text === undefined ? [] : [write(text)])).join(", "),
  ),
  section("Conflicts", 10, conflicts, ({ field, others = [], ...fact }) => {
    const voices = [fact, ...others].map(({ value, authority }) => `${write(inText(value))} says the ${authority}`)
    return `${inWords(field)}: ${voices.join("; ")}`
  }),
  section(
    "To put right",
    9,
    corrections,
    ({ field, told, now }) =>
      `${inWords(field)}: told ${write(inText(told.value))} (${where(told)}), and it is ${write(inText(now.value))}`,
  ),
  section("Friction", 5, friction, (what) => write(inWords(what))),
]

const advice = ({ doNotAsk, doNotDo, nextStep, lastMessages }: Brief, write: Write): readonly BriefSection[] => [
  section("Do not ask", 11, doNotAsk, inWords),
  section(
    "Do not do",
    12,
    doNotDo,
    ({ action, objections }) => `${action}: ${objections.map(({ reason }) => write(reason)).join("; ")}`,
  ),
  section("Next step", 10, nextStep === undefined ? [] : [nextStep], write),
  section(
    "Last messages",
    1,
    lastMessages,
    ({ value, ...one }) => `${one.authority} (${where(one)}): ${write(value.text)}`,
  ),
]

const where = ({ channel, age }: Omit<Provenance, "value">): string => `${channel}, ${describeAge(age)}`
