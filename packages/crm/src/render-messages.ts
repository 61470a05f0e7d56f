import { html, nothing, type TemplateResult } from "lit"
import type { Shown } from "./shown.ts"
import { whoAndWhen } from "./who-and-when.ts"

/** The last messages. Their text is the customer's: it is only ever put into text nodes. */
export const renderMessages = (shown: Shown): TemplateResult | typeof nothing => {
  const { brief, labels } = shown
  if (brief.lastMessages.length === 0) return nothing
  return html`
    <section aria-labelledby="messages">
      <h3 id="messages">${labels.messages}</h3>
      <ul class="messages">
        ${brief.lastMessages.map(
          (said) => html`
            <li data-authority=${said.authority}>
              <p class="meta">${whoAndWhen(said, shown)}</p>
              ${said.value.subject ? html`<p class="subject"><bdi>${said.value.subject}</bdi></p>` : nothing}
              <p class="text"><bdi>${said.value.text}</bdi></p>
            </li>
          `,
        )}
      </ul>
    </section>
  `
}
