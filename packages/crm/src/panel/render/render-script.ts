import type { AskAnswer } from "@tellonce/core"
import { html, nothing, type TemplateResult } from "lit"
import type { Shown } from "../shown.ts"
import type { ScriptLine } from "../to-script-line.ts"

/** What the agent would ask, less what the customer has said. */
export const renderScript = (shown: Shown): TemplateResult | typeof nothing =>
  shown.script.length === 0
    ? nothing
    : html`
      <section aria-labelledby="script">
        <h3 id="script">${shown.labels.script}</h3>
        <ol class="script">${shown.script.map((line) => renderLine(line, shown))}</ol>
      </section>
    `

const marks = { skip: "✓", confirm: "?", ask: "›" } satisfies Record<AskAnswer["answer"], string>

const renderLine = ({ field, answer }: ScriptLine, shown: Shown) => html`
  <li data-field=${field} data-answer=${answer.answer}>
    <span class="mark" aria-hidden="true">${marks[answer.answer]}</span>
    <div>
      <p class="line">
        <span class="sr">${shown.labels[answer.answer]}: </span>
        ${
          answer.answer === "skip"
            ? html`${shown.labels.field(field)} <bdi class="value">${shown.labels.value(answer.value, field)}</bdi>`
            : html`<q><bdi>${answer.question}</bdi></q>`
        }
      </p>
      <p class="meta">${why(field, answer, shown)}</p>
    </div>
  </li>
`

const why = (field: string, answer: AskAnswer, { fields, labels, aged }: Shown): string => {
  const seen = fields[field]
  if (answer.answer === "ask") {
    const { unknown, expired, withheld, otherMatter } = labels
    return { unknown, expired, withheld, other_matter: otherMatter }[answer.reason]
  }
  const known = seen && "at" in seen ? labels.knownFrom(aged(seen)) : answer.known
  if (answer.answer === "skip") return known
  const doubt = { stale: labels.stale, conflicting: labels.conflicting, other_matter: labels.otherMatter }
  return `${known} · ${doubt[answer.reason]}`
}
