import type { Identity, Link } from "@tellonce/core"
import { html, nothing, type TemplateResult } from "lit"
import type { PanelLabels } from "../labels/labels.ts"
import { revealHidden } from "../reveal-hidden.ts"
import type { Shown } from "../shown.ts"

/** Who the customer is, and how sure that is. What the host of the sidebar says is a claim until the context has it proven. */
export const renderWho = (shown: Shown): TemplateResult => {
  const { labels, subject, connection } = shown
  const links = provenFirst([...shown.brief.who, ...claimsOf(shown)])
  const name = revealHidden(subject?.displayName ?? "") || labels.who
  return html`
    <header>
      <div class="head">
        <h2><bdi>${name}</bdi></h2>
        ${connection ? html`<span class="connection" data-connection=${connection}>${labels[connection]}</span>` : nothing}
      </div>
      ${
        links.length === 0
          ? html`<p class="quiet">${labels.anonymous}</p>`
          : html`<ul class="links">${links.map((link) => renderLink(link, labels))}</ul>`
      }
    </header>
  `
}

const claimsOf = ({ brief, subject }: Shown): readonly Link[] =>
  (subject?.identities ?? [])
    .filter((claimed) => !brief.who.some((link) => same(link, claimed)))
    .map((identity) => ({ ...identity, proof: "claimed" }))

const same = (a: Identity, b: Identity): boolean => a.kind === b.kind && a.value === b.value

const provenFirst = (links: readonly Link[]): readonly Link[] =>
  [...links].sort((a, b) => Number(b.proof === "verified") - Number(a.proof === "verified"))

const renderLink = ({ kind, value, proof }: Link, labels: PanelLabels) => html`
  <li data-proof=${proof}>
    <span class="kind">${labels.field(kind)}</span>
    <bdi class="identity">${revealHidden(value)}</bdi>
    ${
      proof === "verified"
        ? html`<span class="badge good"><span aria-hidden="true">✓ </span>${labels.verified}</span>`
        : html`<span class="badge warn">${labels.claimed}</span>`
    }
  </li>
`
