import { html, nothing, type TemplateResult } from "lit"
import type { Shown } from "../shown.ts"

/** A button for something the agent does; it waits while that is under way, with the focus, and says so when it has failed. */
export const actButton = (
  { acts, labels }: Shown,
  button: {
    readonly name: string
    readonly text: string
    /** What it is about, for those who hear the button alone. */
    readonly about?: string
    readonly kind?: "primary" | "plain"
    readonly act: () => Promise<unknown>
  },
): TemplateResult => {
  const { name, text, about, kind = "plain", act } = button
  const failure = acts.failure(name)
  return html`
    <button type="button" class=${kind} data-act=${name} aria-disabled=${acts.isRunning(name) ? "true" : nothing} @click=${() => acts.run(name, act)}>
      ${text}${about ? html`<span class="sr"> <bdi>${about}</bdi></span>` : nothing}
    </button>
    ${failure === undefined ? nothing : html`<p class="failure">${labels.notDone}. <bdi>${failure}</bdi></p>`}
  `
}
