import { css } from "lit"

/** Colours are custom properties on the host (`--tellonce-accent: …`), so that a page can fit the panel to its own. */
export const panelStyles = css`
  :host {
    --_surface: var(--tellonce-surface, #ffffff);
    --_raised: var(--tellonce-raised, #f5f7fa);
    --_text: var(--tellonce-text, #1b2430);
    --_quiet: var(--tellonce-quiet, #566172);
    --_line: var(--tellonce-line, #e1e6ed);
    --_accent: var(--tellonce-accent, #2a55c8);
    --_news: var(--tellonce-news, #fff4c7);
    --_good: #146138;
    --_good-back: #e2f4e9;
    --_warn: #774800;
    --_warn-back: #fcefd2;
    --_bad: #9a1c2b;
    --_bad-back: #fde6e8;
    color-scheme: light dark;
    container-type: inline-size;
    display: block;
    min-inline-size: 280px;
    color: var(--_text);
    background: var(--_surface);
    font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
    overflow-wrap: anywhere;
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --_surface: var(--tellonce-surface, #14181f);
      --_raised: var(--tellonce-raised, #1c222c);
      --_text: var(--tellonce-text, #e9edf4);
      --_quiet: var(--tellonce-quiet, #a6b1c2);
      --_line: var(--tellonce-line, #2b333f);
      --_accent: var(--tellonce-accent, #93b3ff);
      --_news: var(--tellonce-news, #3b3516);
      --_good: #8ee0ad;
      --_good-back: #153321;
      --_warn: #f2cb84;
      --_warn-back: #39290b;
      --_bad: #ffb1b9;
      --_bad-back: #43171d;
    }
  }
  :host([hidden]) {
    display: none;
  }
  .panel {
    display: grid;
    gap: 20px;
    padding: 16px;
  }
  h2,
  h3,
  p,
  ul,
  ol {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: 16px;
    font-weight: 650;
    letter-spacing: -0.005em;
  }
  h3 {
    margin-block-end: 8px;
    color: var(--_quiet);
    font-size: 12px;
    font-weight: 600;
    letter-spacing: 0.02em;
  }
  .meta,
  .quiet,
  .kind {
    color: var(--_quiet);
    font-size: 12px;
    text-wrap: pretty;
  }
  .value {
    font-weight: 600;
  }
  .sr {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .badge {
    flex: none;
    padding: 1px 8px;
    border-radius: 99px;
    background: var(--_raised);
    color: var(--_quiet);
    font-size: 11.5px;
    font-weight: 550;
    white-space: nowrap;
  }
  .badge.good {
    background: var(--_good-back);
    color: var(--_good);
  }
  .badge.warn {
    background: var(--_warn-back);
    color: var(--_warn);
  }
  .badge.bad {
    background: var(--_bad-back);
    color: var(--_bad);
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
    color: var(--_surface);
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
  .facts > li[data-changed] .meta,
  .facts > li[data-changed] .label {
    color: var(--_text);
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
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

  .history,
  .messages {
    display: grid;
    gap: 10px;
  }
  .what {
    color: var(--_quiet);
  }
  .messages .text {
    margin-block-start: 2px;
    padding: 8px 12px;
    border-radius: 4px 12px 12px 12px;
    background: var(--_raised);
    white-space: pre-wrap;
  }
  .messages li:not([data-authority="customer"]) .text {
    border: 1px solid var(--_line);
    background: none;
  }
  .subject {
    font-weight: 600;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .chips li {
    padding: 2px 10px;
    border: 1px solid var(--_line);
    border-radius: 99px;
    font-size: 12.5px;
  }

  @container (min-width: 420px) {
    .panel {
      padding: 20px;
    }
    .links li {
      grid: "kind identity badge" / 72px 1fr auto;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .facts > li {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    .badge,
    .mark {
      border: 1px solid;
    }
    .facts > li[data-changed] {
      outline: 1px solid;
    }
  }
`
