import type { Brief, Identity, Link } from "@tellonce/core"
import { html, nothing, type TemplateResult } from "lit"
import { isHostId } from "../../claims/is-host-id.ts"
import type { PanelLabels } from "../labels/labels.ts"
import { revealHidden } from "../reveal-hidden.ts"
import type { Shown } from "../shown.ts"

type Who = Pick<Shown, "labels" | "subject" | "connection"> & { readonly brief: Pick<Brief, "who"> }

/** Who the customer is, and how sure that is. What the host of the sidebar says is a claim until the context has it proven. */
export const renderWho = (shown: Who): TemplateResult => {
  const { labels, subject, connection } = shown
  const links = provenFirst([...shown.brief.who, ...claimsOf(shown)])
  const name = revealHidden(subject?.displayName ?? "") || labels.who
  return html`
    <header>
      <div class="head">
        <h2 tabindex="-1"><bdi>${name}</bdi></h2>
        ${connection ? html`<span class="connection" data-connection=${connection}>${labels[connection]}</span>` : nothing}
      </div>
      ${isByClaim(shown) ? html`<p class="by-claim">${labels.foundByClaim}</p>` : nothing}
      ${
        links.length === 0
          ? html`<p class="quiet">${labels.anonymous}</p>`
          : html`<ul class="links">${links.map((link) => renderLink(link, labels))}</ul>`
      }
    </header>
  `
}

/** Somebody proven is shown, but nothing proves that it is whom the host means: only what anybody may have written points to them. */
const isByClaim = ({ brief, subject }: Who): boolean => {
  const proven = brief.who.filter(({ proof }) => proof === "verified")
  if (subject === undefined || proven.length === 0) return false
  return !subject.identities.some((claimed) => isHostId(claimed) && proven.some((link) => same(link, claimed)))
}

const claimsOf = ({ brief, subject }: Who): readonly Link[] =>
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
