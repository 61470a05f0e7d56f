import type { BriefedFact } from "@tellonce/core"
import { html, nothing, type TemplateResult } from "lit"
import { guard } from "lit/directives/guard.js"
import { ref } from "lit/directives/ref.js"
import { parseCorrection, toCorrectable } from "../parse-correction.ts"
import type { Shown } from "../shown.ts"

/** Where the agent states anew what is known wrongly. */
export const renderCorrectionForm = (fact: BriefedFact, shown: Shown): TemplateResult => {
  const { acts, labels } = shown
  const name = `correct ${fact.field}`
  const failure = acts.failure(name)
  return html`
    <form
      class="correction"
      @submit=${(event: SubmitEvent) => submit(event, name, fact, shown)}
      @keydown=${({ key }: KeyboardEvent) => key === "Escape" && acts.edit(undefined)}
    >
      <label>
        ${labels.newValue}: ${labels.field(fact.field)}
        ${guard([], () => renderControl(toCorrectable(fact.value)))}
      </label>
      <div class="buttons">
        <button type="submit" class="primary" aria-disabled=${acts.isRunning(name) ? "true" : nothing}>${labels.save}</button>
        <button type="button" @click=${() => acts.edit(undefined)}>${labels.cancel}</button>
      </div>
      ${failure === undefined ? nothing : html`<p class="failure">${labels.notDone}. <bdi>${failure}</bdi></p>`}
    </form>
  `
}

/** Drawn once: news must not change what somebody types into. */
const renderControl = (text: string): TemplateResult =>
  // An input would join the lines.
  /[\n\r]/.test(text)
    ? html`<textarea name="value" required rows="4" .defaultValue=${text} @input=${valid} ${ref(focusOnce)}></textarea>`
    : html`<input name="value" required autocomplete="off" .defaultValue=${text} @input=${valid} ${ref(focusOnce)} />`

type Control = HTMLInputElement | HTMLTextAreaElement

const focusOnce = (input: Element | undefined): void => {
  const control = input as Control | undefined
  // At the next microtask: the ref is called before the input is on the page.
  queueMicrotask(() => {
    control?.focus()
    control?.select()
  })
}

const valid = ({ currentTarget }: Event): void => (currentTarget as Control).setCustomValidity("")

const submit = (event: SubmitEvent, name: string, fact: BriefedFact, { acts, labels, matter }: Shown): void => {
  event.preventDefault()
  const input = (event.currentTarget as HTMLFormElement).elements.namedItem("value") as Control
  const value = parseCorrection(input.value, fact.value)
  if (value === undefined) {
    input.setCustomValidity(labels.unreadable)
    input.reportValidity()
    return
  }
  const { correct } = acts.desk
  if (correct)
    acts.run(
      name,
      () => correct(fact.field, value, fact.matter ?? matter),
      () => acts.edit(undefined),
    )
}
