import type { Correction, Hold, Json, ToldConflict } from "@tellonce/core"
import { html, nothing, type TemplateResult } from "lit"
import { repeat } from "lit/directives/repeat.js"
import type { Shown } from "../shown.ts"
import { whoAndWhen } from "../who-and-when.ts"
import { actButton } from "./act-button.ts"

/** What can go wrong with this customer: holds and refusals, what they were told wrongly, what contradicts, what has annoyed them. */
export const renderAttention = (shown: Shown): TemplateResult | typeof nothing => {
  const { brief, labels, view } = shown
  const { corrections, conflicts, friction } = brief
  const { holds } = view.$
  const refusals = brief.doNotDo.flatMap(({ action, objections }) =>
    objections.flatMap(({ by, reason }) => (by === "hold" ? [] : [{ action, reason }])),
  )
  // Two tellings that differ and of which the newest is put right below are one trouble, not two.
  const tellings = brief.toldConflicts.filter(
    ({ field }) => !corrections.some((correction) => correction.field === field),
  )
  if ([holds, refusals, corrections, tellings, conflicts, friction].every(({ length }) => length === 0)) return nothing
  // Keyed where there are buttons: one that is gone must not leave the focus to the next, which does the same to something else.
  return html`
    <section class="card warn" aria-labelledby="attention">
      <h3 id="attention" tabindex="-1">${labels.attention}</h3>
      <ul class="lines">
        ${repeat(
          holds,
          ({ hold }) => hold,
          (hold) => renderHold(hold, shown),
        )}
        ${refusals.map(({ action, reason }) => renderRefusal(action, reason, shown))}
        ${repeat(
          corrections,
          ({ field }) => field,
          (correction) => renderCorrection(correction, shown),
        )}
        ${tellings.map((conflict) => renderTold(conflict, shown))}
        ${conflicts.map(({ field }) => renderConflict(field, shown))}
        ${friction.length === 0 ? nothing : html`<li><b>${labels.friction}</b> <bdi>${friction.map(labels.field).join(", ")}</bdi></li>`}
      </ul>
    </section>
  `
}

const renderHold = (held: Hold, shown: Shown) => {
  const { labels, acts } = shown
  const { release } = acts.desk
  const { hold, action, reason, owner, until } = held
  const act = action === "*" ? labels.all : labels.field(action)
  return html`
    <li data-hold=${hold}>
      <p><b>${labels.doNotDo}</b> <bdi class="value">${act}</bdi></p>
      <p><bdi>${reason}</bdi></p>
      <p class="meta"><bdi>${owner}</bdi>${until === undefined ? nothing : ` · ${labels.until} ${labels.date(until)}`}</p>
      ${release ? actButton(shown, { name: `release ${hold}`, text: labels.release, about: act, act: () => release(hold) }) : nothing}
    </li>
  `
}

const renderRefusal = (action: string, reason: string, { labels }: Shown) => html`
  <li>
    <p><b>${labels.doNotDo}</b> <bdi class="value">${labels.field(action)}</bdi></p>
    <p><bdi>${reason}</bdi></p>
  </li>
`

const renderCorrection = ({ field, told, now }: Correction, shown: Shown) => {
  const { labels, acts } = shown
  const tell = acts.desk.told
  return html`
    <li data-correction=${field}>
      <p><b>${labels.putRight}</b> ${labels.field(field)}</p>
      <p>${labels.wasTold} <bdi class="struck">${labels.value(told.value, field)}</bdi></p>
      <p>${labels.itIs} <bdi class="value">${labels.value(now.value, field)}</bdi></p>
      <p class="meta">${whoAndWhen(told, shown)}</p>
      ${
        tell
          ? actButton(shown, {
              name: `told ${field}`,
              text: labels.markTold,
              about: labels.field(field),
              act: () => tell({ [field]: now.value as Json }),
            })
          : nothing
      }
    </li>
  `
}

const renderTold = ({ field, told }: ToldConflict, shown: Shown) => html`
  <li>
    <p><b>${shown.labels.toldDifferently}</b> ${shown.labels.field(field)}</p>
    ${told.map(
      (one) => html`
        <p><bdi class="value">${shown.labels.value(one.value, field)}</bdi> <span class="meta">${whoAndWhen(one, shown)}</span></p>
      `,
    )}
  </li>
`

/** Named here, told apart with the fact itself. */
const renderConflict = (field: string, { labels }: Shown) => html`
  <li><b>${labels.conflicting}</b> ${labels.field(field)}</li>
`
