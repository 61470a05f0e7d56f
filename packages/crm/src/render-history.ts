import { html, nothing, type TemplateResult } from "lit"
import type { Shown } from "./shown.ts"
import { whoAndWhen } from "./who-and-when.ts"

const longest = 8

/** What the customer was asked and told, newest first. */
export const renderHistory = (shown: Shown): TemplateResult | typeof nothing => {
  const { brief, labels } = shown
  const asked = brief.asked.map((said) => ({
    said,
    what: labels.asked,
    text: said.value.fields.map(labels.field).join(", "),
  }))
  const told = brief.told.map((said) => ({
    said,
    what: labels.told,
    text: Object.entries(said.value.facts)
      .map(([field, value]) => `${labels.field(field)}: ${labels.value(value, field)}`)
      .join(", "),
  }))
  const all = [...asked, ...told].sort((a, b) => b.said.at - a.said.at).slice(0, longest)
  if (all.length === 0) return nothing
  return html`
    <section aria-labelledby="history">
      <h3 id="history">${labels.history}</h3>
      <ul class="history">
        ${all.map(
          ({ said, what, text }) => html`
            <li>
              <p><span class="what">${what}</span> <bdi>${text}</bdi></p>
              <p class="meta">${whoAndWhen(said, shown)}</p>
            </li>
          `,
        )}
      </ul>
    </section>
  `
}
