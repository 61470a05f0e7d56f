import { html, nothing, type TemplateResult } from "lit"
import type { Shown } from "../shown.ts"

/** What the customer is dealing with. */
export const renderMatters = ({ brief, labels, matter: atHand }: Shown): TemplateResult | typeof nothing =>
  brief.openMatters.length === 0
    ? nothing
    : html`
      <section aria-labelledby="matters">
        <h3 id="matters">${labels.openMatters}</h3>
        <ul class="matters">
          ${brief.openMatters.map(
            ({ matter, title, kind }) => html`
              <li aria-current=${matter === atHand ? "true" : nothing}>
                <bdi class="value">${title ?? matter}</bdi>
                ${kind === undefined ? nothing : html`<span class="badge"><bdi>${labels.field(kind)}</bdi></span>`}
              </li>
            `,
          )}
        </ul>
      </section>
    `
