import type { HandoffStep } from "@tellonce/core"
import { html, nothing, type TemplateResult } from "lit"
import { repeat } from "lit/directives/repeat.js"
import type { Shown } from "../shown.ts"
import { whoAndWhen } from "../who-and-when.ts"
import { actButton } from "./act-button.ts"

/** The handoffs that wait for this agent. */
export const renderHandoff = (shown: Shown): TemplateResult | typeof nothing => {
  const { view, labels, acts } = shown
  const waiting = openHandoffs(view.$.handoffs).filter(({ to }) => acts.agent === undefined || to === acts.agent)
  if (waiting.length === 0) return nothing
  return html`
    <section class="card accent" aria-labelledby="handoff">
      <h3 id="handoff" tabindex="-1">${labels.handoff}</h3>
      ${repeat(
        waiting,
        ({ handoff }) => handoff,
        (step) => renderWaiting(step, shown),
      )}
    </section>
  `
}

type Handed = Extract<HandoffStep, { readonly name: "handed" }>

/** A handoff is open until somebody has answered it. */
const openHandoffs = (steps: readonly HandoffStep[]): readonly Handed[] =>
  steps.flatMap((step) =>
    step.name === "handed" && !steps.some(({ name, handoff }) => name !== "handed" && handoff === step.handoff)
      ? [step]
      : [],
  )

const renderWaiting = (step: Handed, shown: Shown) => {
  const { labels, acts } = shown
  const { acceptHandoff, declineHandoff } = acts.desk
  const { handoff, reason } = step
  return html`
    <div data-handoff=${handoff}>
      <p class="lead"><bdi>${reason}</bdi></p>
      <p class="meta">${whoAndWhen(step, shown)}</p>
      <div class="buttons">
        ${
          acceptHandoff
            ? actButton(shown, {
                name: `accept ${handoff}`,
                text: labels.accept,
                kind: "primary",
                act: () => acceptHandoff(handoff),
              })
            : nothing
        }
        ${
          declineHandoff
            ? actButton(shown, {
                name: `decline ${handoff}`,
                text: labels.decline,
                act: () => declineHandoff(handoff),
              })
            : nothing
        }
      </div>
    </div>
  `
}
