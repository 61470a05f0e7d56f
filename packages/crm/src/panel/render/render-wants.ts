import { html, nothing, type TemplateResult } from "lit"
import type { Shown } from "../shown.ts"

/** What matters now, and what to do about it. */
export const renderWants = ({ brief, labels, aged }: Shown): TemplateResult | typeof nothing => {
  const { wants, nextStep } = brief
  if (wants.length === 0 && nextStep === undefined) return nothing
  return html`
    <section aria-labelledby="wants">
      <h3 id="wants">${labels.wants}</h3>
      <ol class="wants">
        ${wants.map(
          (focused) => html`
            <li>
              <span class="label">${labels.field(focused.field)}</span>
              <bdi class="value">${labels.value(focused.value, focused.field)}</bdi>
              <span class="meta">${labels.age(aged(focused).age)}</span>
            </li>
          `,
        )}
      </ol>
      ${nextStep === undefined ? nothing : html`<p class="next"><b>${labels.nextStep}</b> <bdi>${nextStep}</bdi></p>`}
    </section>
  `
}
