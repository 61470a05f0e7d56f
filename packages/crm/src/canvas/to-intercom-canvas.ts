import { type Brief, defuseText, type Provenance } from "@tellonce/core"
import { englishLabels } from "../panel/labels/english.ts"
import type { PanelLabels } from "../panel/labels/labels.ts"

/** A Canvas Kit component, as far as it is used here. */
export type IntercomComponent =
  | { readonly type: "text"; readonly text: string; readonly style: "header" | "paragraph" | "muted" }
  | { readonly type: "divider" }
  | { readonly type: "data-table"; readonly items: readonly IntercomRow[] }
  | { readonly type: "list"; readonly items: readonly IntercomItem[] }

export interface IntercomRow {
  readonly type: "field-value"
  readonly field: string
  readonly value: string
}

export interface IntercomItem {
  readonly type: "item"
  readonly id: string
  readonly title: string
  readonly subtitle: string
}

/** The answer to an `initialize` or `submit` request. */
export interface IntercomCanvas {
  readonly canvas: { readonly content: { readonly components: readonly IntercomComponent[] } }
}

/** Intercom refuses an answer of more than 64 KB. */
const mostBytes = 60_000
const longest = 300
/** Anybody can add a claim: the proven come first, and no number of claims takes the room of what follows. */
const mostIdentities = 20

/** A brief as Intercom draws it. What customers wrote is made inert: Intercom reads links and marks out of texts. */
export const toIntercomCanvas = (brief: Brief, given: Partial<PanelLabels> = {}): IntercomCanvas => {
  const labels = { ...englishLabels, ...given }
  const sections = [who, wants, dangers, known, doNotAsk, messages].map((section) => section(brief, labels))
  const components: IntercomComponent[] = []
  let bytes = 0
  for (const section of sections.filter(({ length }) => length > 0)) {
    const next: readonly IntercomComponent[] = components.length === 0 ? section : [{ type: "divider" }, ...section]
    const size = new TextEncoder().encode(JSON.stringify(next)).length
    if (bytes + size > mostBytes) continue
    bytes += size
    components.push(...next)
  }
  return { canvas: { content: { components } } }
}

type Section = (brief: Brief, labels: PanelLabels) => readonly IntercomComponent[]

const safe = (text: string): string => {
  const inert = defuseText(text)
  // Never within a pair of surrogates: half of one is no text.
  return inert.length > longest ? `${inert.slice(0, longest).replace(/[\uD800-\uDBFF]$/, "")}…` : inert
}

const header = (text: string): IntercomComponent => ({ type: "text", style: "header", text })
const row = (field: string, value: string): IntercomRow => ({
  type: "field-value",
  field: safe(field),
  value: safe(value),
})
const table = (title: string, rows: readonly IntercomRow[]): readonly IntercomComponent[] =>
  rows.length === 0 ? [] : [header(title), { type: "data-table", items: rows }]
const list = (title: string, items: readonly Omit<IntercomItem, "type" | "id">[]): readonly IntercomComponent[] =>
  items.length === 0
    ? []
    : [
        header(title),
        { type: "list", items: items.map((item, place) => ({ type: "item", id: `${title} ${place}`, ...item })) },
      ]

const who: Section = (brief, labels) =>
  brief.who.length === 0
    ? [{ type: "text", style: "muted", text: labels.anonymous }]
    : table(
        labels.who,
        brief.who
          .slice(0, mostIdentities)
          .map(({ kind, value, proof }) => row(labels.field(kind), `${labels[proof]}: ${value}`)),
      )

const wants: Section = ({ wants: wanted, nextStep }, labels) => [
  ...table(
    labels.wants,
    wanted.map(({ field, value }) => row(labels.field(field), labels.value(value, field))),
  ),
  ...(nextStep === undefined
    ? []
    : [{ type: "text", style: "paragraph", text: `${labels.nextStep}: ${safe(nextStep)}` } as const]),
]

const dangers: Section = ({ doNotDo, corrections }, labels) =>
  list(labels.attention, [
    ...doNotDo.map(({ action, objections }) => ({
      title: `${labels.doNotDo}: ${safe(labels.field(action))}`,
      subtitle: safe(objections.map(({ reason }) => reason).join("; ")),
    })),
    ...corrections.map(({ field, told, now }) => ({
      title: `${labels.putRight}: ${safe(labels.field(field))}`,
      subtitle: safe(
        `${labels.wasTold} ${labels.value(told.value, field)}. ${labels.itIs} ${labels.value(now.value, field)}`,
      ),
    })),
  ])

const known: Section = (brief, labels) =>
  list(
    labels.known,
    brief.known.map((fact) => ({
      title: safe(`${labels.field(fact.field)}: ${labels.value(fact.value, fact.field)}`),
      subtitle: safe([...(fact.state === "fresh" ? [] : [labels[fact.state]]), labels.knownFrom(fact)].join(" · ")),
    })),
  )

const doNotAsk: Section = (brief, labels) =>
  brief.doNotAsk.length === 0
    ? []
    : [
        header(labels.doNotAsk),
        { type: "text", style: "paragraph", text: safe(brief.doNotAsk.map(labels.field).join(", ")) },
      ]

const messages: Section = ({ lastMessages }, labels) =>
  list(
    labels.timeline,
    lastMessages.map((said) => ({ title: safe(said.value.text), subtitle: safe(from(said, labels)) })),
  )

const from = ({ authority, channel, age }: Provenance, labels: PanelLabels): string =>
  [labels.authority[authority], labels.channel(channel), labels.age(age)].join(" · ")
