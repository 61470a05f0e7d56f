import { html, nothing, type TemplateResult } from "lit"
import { repeat } from "lit/directives/repeat.js"
import type { Shown } from "../shown.ts"
import { type Happening, toTimeline } from "../timeline.ts"
import { whoAndWhen } from "../who-and-when.ts"

const shownAtFirst = 6
/** A longer text is folded: characters. */
const longText = 600

/** What was said, asked, told, promised, tried and handed over, newest first. Texts are the customer's: only ever text nodes. */
export const renderTimeline = (shown: Shown): TemplateResult | typeof nothing => {
  const all = toTimeline(shown.view.$)
  if (all.length === 0) return nothing
  const [newest, older] = [all.slice(0, shownAtFirst), all.slice(shownAtFirst)]
  return html`
    <section aria-labelledby="timeline">
      <h3 id="timeline" tabindex="-1">${shown.labels.timeline}</h3>
      ${renderList(newest, shown)}
      ${
        older.length === 0
          ? nothing
          : html`<details><summary>${shown.labels.older} (${older.length})</summary>${renderList(older, shown)}</details>`
      }
    </section>
  `
}

const renderList = (happenings: readonly Happening[], shown: Shown) => html`
  <ol class="timeline">
    ${repeat(
      happenings,
      ({ kind, said }) => `${kind} ${said.at} ${said.source}`,
      (happening) => html`
        <li data-kind=${happening.kind} data-authority=${happening.said.authority}>
          <p class="meta">${whoAndWhen(happening.said, shown)}</p>
          ${renderWhat(happening, shown)}
        </li>
      `,
    )}
  </ol>
`

const renderWhat = (happening: Happening, { labels }: Shown): TemplateResult => {
  switch (happening.kind) {
    case "message": {
      const { subject, text } = happening.said.value
      return html`${subject ? html`<p class="subject"><bdi>${subject}</bdi></p>` : nothing}${renderText(text, labels.showAll)}`
    }
    case "asked":
      return line(labels.asked, happening.said.value.fields.map(labels.field).join(", "))
    case "told": {
      const facts = Object.entries(happening.said.value.facts)
      return line(
        labels.told,
        facts.map(([field, value]) => `${labels.field(field)}: ${labels.value(value, field)}`).join(", "),
      )
    }
    case "promised": {
      const { what, due } = happening.said.value
      return line(labels.promised, what, due === undefined ? undefined : `${labels.due} ${labels.date(due)}`)
    }
    case "tried": {
      const { what, outcome } = happening.said.value
      return line(labels.tried, what, outcome && labels[outcome])
    }
    case "handoff":
      return happening.said.name === "handed"
        ? line(labels.handed, happening.said.to, happening.said.reason)
        : html`<p class="what">${labels[happening.said.name]}</p>`
  }
}

const line = (what: string, text: string, more?: string) => html`
  <p><span class="what">${what}</span> <bdi>${text}</bdi>${more ? html` <bdi class="what">(${more})</bdi>` : nothing}</p>
`

const renderText = (text: string, showAll: string) =>
  text.length <= longText
    ? html`<p class="text" dir="auto"><bdi>${text}</bdi></p>`
    : html`
      <p class="text" dir="auto"><bdi>${text.slice(0, longText)}…</bdi></p>
      <details><summary>${showAll}</summary><p class="text" dir="auto"><bdi>${text}</bdi></p></details>
    `
