import type { BriefedFact, FieldView, Provenance, Told } from "@tellonce/core"
import { html, nothing, type TemplateResult } from "lit"
import { repeat } from "lit/directives/repeat.js"
import type { PanelLabels } from "../labels/labels.ts"
import type { Shown } from "../shown.ts"
import { renderCorrectionForm } from "./render-correction-form.ts"

/** What is known now, newest first, and what was known and has grown too old. */
export const renderKnown = (shown: Shown): TemplateResult => {
  const { brief, labels } = shown
  return html`
    <section aria-labelledby="known">
      <h3 id="known" tabindex="-1">${labels.known}</h3>
      ${brief.known.length + brief.expired.length === 0 ? html`<p class="quiet">${labels.nothingKnown}</p>` : nothing}
      <ul class="facts">
        ${repeat(
          brief.known,
          ({ field }) => field,
          (fact) => renderFact(fact, shown),
        )}
        ${brief.expired.map((field) => renderExpired(field, shown))}
      </ul>
    </section>
  `
}

const renderFact = (fact: BriefedFact, shown: Shown) => {
  const { labels, changed, acts } = shown
  const isEditing = acts.editing === fact.field
  return html`
    <li data-field=${fact.field} data-state=${fact.state} ?data-changed=${changed.has(fact.field)}>
      <div class="head">
        <span class="label">${labels.field(fact.field)}</span>
        ${renderState(fact.state, labels)}
      </div>
      <div class="head">
        <bdi class="value">${labels.value(fact.value, fact.field)}</bdi>
        ${acts.desk.correct && !isEditing ? renderCorrect(fact.field, shown) : nothing}
      </div>
      <p class="meta">${from(fact, shown)}</p>
      ${isEditing ? renderCorrectionForm(fact, shown) : nothing}
      ${othersOf(shown.fields[fact.field]).map(
        (other) => html`
          <div class="other">
            <bdi class="value">${labels.value(other.value, fact.field)}</bdi>
            <p class="meta">${from(other, shown)}</p>
          </div>
        `,
      )}
    </li>
  `
}

const renderCorrect = (field: string, { acts, labels }: Shown) => html`
  <button type="button" class="quiet-button" data-correct=${field} @click=${() => acts.edit(field)}>
    ${labels.correct}<span class="sr"> ${labels.field(field)}</span>
  </button>
`

const othersOf = (seen: FieldView | undefined): readonly Told<unknown>[] =>
  seen?.state === "conflicting" ? seen.others : []

const renderExpired = (field: string, shown: Shown) => {
  const seen = shown.fields[field]
  return html`
    <li data-field=${field} data-state="expired">
      <div class="head">
        <span class="label">${shown.labels.field(field)}</span>
        ${renderState("expired", shown.labels)}
      </div>
      ${seen?.state === "expired" ? html`<p class="meta">${from(seen, shown)}</p>` : nothing}
    </li>
  `
}

const tones = {
  stale: "warn",
  conflicting: "bad",
  expired: "plain",
  unknown: "plain",
  withheld: "plain",
} as const

const renderState = (state: FieldView["state"], labels: PanelLabels) =>
  state === "fresh"
    ? html`<span class="dot"><span class="sr">${labels.fresh}</span></span>`
    : html`<span class="badge ${tones[state]}">${labels[state]}</span>`

/** `"Customer · known from web chat, 2 min ago"`. */
const from = (said: Provenance, { labels, aged, matter }: Shown): string => {
  const elsewhere = matter !== undefined && said.matter !== undefined && said.matter !== matter
  return [
    labels.authority[said.authority],
    labels.knownFrom(aged(said)),
    ...(elsewhere ? [labels.otherMatter] : []),
  ].join(" · ")
}
