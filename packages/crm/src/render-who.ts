import type { Link } from "@tellonce/core"
import { html, type TemplateResult } from "lit"
import type { PanelLabels } from "./labels.ts"
import type { Shown } from "./shown.ts"

/** Who the customer is, and how sure that is. */
export const renderWho = ({ brief, labels }: Shown): TemplateResult => html`
  <header>
    <h2>${labels.who}</h2>
    ${
      brief.who.length === 0
        ? html`<p class="quiet">${labels.anonymous}</p>`
        : html`<ul class="links">${provenFirst(brief.who).map((link) => renderLink(link, labels))}</ul>`
    }
  </header>
`

const provenFirst = (links: readonly Link[]): readonly Link[] =>
  [...links].sort((a, b) => Number(b.proof === "verified") - Number(a.proof === "verified"))

const renderLink = ({ kind, value, proof }: Link, labels: PanelLabels) => html`
  <li data-proof=${proof}>
    <span class="kind">${labels.field(kind)}</span>
    <bdi class="identity">${value}</bdi>
    ${
      proof === "verified"
        ? html`<span class="badge good"><span aria-hidden="true">✓ </span>${labels.verified}</span>`
        : html`<span class="badge warn">${labels.claimed}</span>`
    }
  </li>
`
