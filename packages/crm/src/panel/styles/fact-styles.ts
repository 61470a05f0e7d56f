import { css } from "lit"

/** The customer's identities, the script and what is known. */
export const factStyles = css`
  .by-claim {
    margin-block-start: 6px;
    color: var(--_warn);
    font-size: 12.5px;
  }
  .links {
    display: grid;
    gap: 6px;
    margin-block-start: 8px;
  }
  .links li {
    display: grid;
    grid: "kind badge" "identity identity" / 1fr auto;
    align-items: center;
    column-gap: 8px;
  }
  .links .kind {
    grid-area: kind;
  }
  .links .identity {
    grid-area: identity;
    justify-self: start;
    font-weight: 550;
  }
  .links .badge {
    grid-area: badge;
  }

  .script {
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: 10px;
  }
  .script li {
    display: flex;
    gap: 10px;
    padding: 9px 12px;
  }
  .script li + li {
    border-block-start: 1px solid var(--_line);
  }
  .mark {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 20px;
    block-size: 20px;
    border-radius: 50%;
    background: var(--_raised);
    color: var(--_accent);
    font-size: 12px;
    font-weight: 700;
    line-height: 1;
  }
  [data-answer="skip"] .mark {
    background: var(--_good-back);
    color: var(--_good);
  }
  [data-answer="confirm"] .mark {
    background: var(--_warn-back);
    color: var(--_warn);
  }
  [data-answer="ask"] {
    background: var(--_raised);
  }
  [data-answer="ask"] .mark {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  q {
    quotes: none;
  }

  .facts {
    margin-block-start: -6px;
  }
  .facts > li {
    position: relative;
    margin-inline: -8px;
    padding: 9px 8px;
    border-radius: 8px;
    /* Letters piled with marks stay in their row. */
    overflow: clip;
    overflow-clip-margin: 4px;
    transition: background-color 800ms ease-out;
  }
  .facts > li + li::before {
    position: absolute;
    inset: 0 8px auto;
    border-block-start: 1px solid var(--_line);
    content: "";
  }
  .facts > li[data-changed] {
    background: var(--_news);
    transition-duration: 0s;
  }
  .facts > li[data-changed] :is(.meta, .label) {
    color: var(--_text);
  }
  .label {
    color: var(--_quiet);
    font-size: 13px;
  }
  .other {
    margin-block-start: 6px;
    padding-inline-start: 10px;
    border-inline-start: 2px solid var(--_bad);
  }

  @container (min-width: 420px) {
    .links li {
      grid: "kind identity badge" / minmax(72px, auto) 1fr auto;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .facts > li {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    .badge,
    .dot,
    .mark {
      border: 1px solid;
    }
    .facts > li[data-changed] {
      outline: 1px solid;
    }
  }
`
