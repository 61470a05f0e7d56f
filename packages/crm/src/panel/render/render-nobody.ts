import { html, type TemplateResult } from "lit"
import type { Shown } from "../shown.ts"
import { renderWho } from "./render-who.ts"

/** Where no context is open: that nobody is selected, or what the host claims of whom it shows. */
export const renderNobody = ({ labels, subject }: Pick<Shown, "labels" | "subject">): TemplateResult =>
  subject === undefined
    ? html`<p class="quiet">${labels.nobody}</p>`
    : html`
      <div class="lead">${renderWho({ labels, subject, connection: undefined, brief: { who: [] } })}</div>
      <p class="quiet">${labels.anonymous}</p>
    `
