import type { Millis } from "@tellonce/core"
import { html, nothing, type TemplateResult } from "lit"
import type { PanelDesk } from "../panel-desk.ts"
import type { Shown } from "../shown.ts"

const day: Millis = 86_400_000
const spans = [
  { time: day / 24, count: 1, unit: "hour" },
  { time: day, count: 1, unit: "day" },
  { time: 7 * day, count: 7, unit: "day" },
] as const

/** Where the agent keeps an action from being taken, such as a promotion while a complaint is open. */
export const renderHoldForm = (shown: Shown): TemplateResult | typeof nothing => {
  const { labels, acts, now } = shown
  const { hold } = acts.desk
  if (hold === undefined) return nothing
  const failure = acts.failure("hold")
  return html`
    <details class="fold">
      <summary>${labels.hold}</summary>
      <form @submit=${(event: SubmitEvent) => submit(event, { acts, hold, now })}>
        <label>${labels.holdAction} <input name="action" required maxlength="128" list="actions" autocomplete="off" /></label>
        <datalist id="actions">${acts.actions.map((action) => html`<option value=${action}></option>`)}</datalist>
        <label>${labels.holdReason} <input name="reason" required maxlength="500" autocomplete="off" /></label>
        <label>
          ${labels.holdFor}
          <select name="time">
            ${spans.map(({ time, count, unit }) => html`<option value=${time} ?selected=${time === day}>${inUnits(labels.language, count, unit)}</option>`)}
            <option value="">${labels.untilReleased}</option>
          </select>
        </label>
        <button type="submit" class="primary" aria-disabled=${acts.isRunning("hold") ? "true" : nothing}>${labels.placeHold}</button>
        ${failure === undefined ? nothing : html`<p class="failure">${labels.notDone}. <bdi>${failure}</bdi></p>`}
      </form>
    </details>
  `
}

/** What is folded away cannot keep the focus. */
const fold = (form: HTMLFormElement): void => {
  const details = form.closest("details")
  if (document.hasFocus() && form.matches(":focus-within")) details?.querySelector("summary")?.focus()
  details?.removeAttribute("open")
}

const inUnits = (language: string, count: number, unit: "hour" | "day"): string =>
  new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count)

const submit = (
  event: SubmitEvent,
  { acts, hold, now }: Pick<Shown, "acts" | "now"> & { readonly hold: NonNullable<PanelDesk["hold"]> },
): void => {
  event.preventDefault()
  const form = event.currentTarget as HTMLFormElement
  const typed = new FormData(form)
  const text = (name: string) => String(typed.get(name) ?? "").trim()
  const [action, reason, time] = [text("action"), text("reason"), text("time")]
  if (action === "" || reason === "") return
  const wish = { action, reason, until: time === "" ? undefined : now + Number(time) }
  acts.run(
    "hold",
    () => hold(wish),
    () => {
      form.reset()
      fold(form)
    },
  )
}
