import { html, nothing, type TemplateResult } from "lit"
import type { Shown } from "../shown.ts"

/** The fields that would make the customer repeat themselves. */
export const renderDoNotAsk = ({ brief, labels }: Shown): TemplateResult | typeof nothing =>
  brief.doNotAsk.length === 0
    ? nothing
    : html`
      <section aria-labelledby="do-not-ask">
        <h3 id="do-not-ask">${labels.doNotAsk}</h3>
        <ul class="chips">${brief.doNotAsk.map((field) => html`<li>${labels.field(field)}</li>`)}</ul>
      </section>
    `
