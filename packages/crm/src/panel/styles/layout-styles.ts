import { css } from "lit"

/** Where things stand; in two columns from 600 px of width. */
export const layoutStyles = css`
  * {
    box-sizing: border-box;
  }
  .panel,
  .panel > div {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 20px;
  }
  .panel {
    padding: 16px;
  }
  .urgent:empty {
    display: none;
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
    font-size: 17px;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  h3 {
    margin-block-end: 8px;
    color: var(--_quiet);
    font-size: 12px;
    font-weight: 600;
  }
  bdi {
    unicode-bidi: isolate;
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
  .head {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 8px;
  }
  .card {
    padding: 12px 14px;
    border: 1px solid var(--_line);
    border-radius: 10px;
  }
  .card.accent {
    border-color: var(--_accent);
    background: var(--_accent-back);
  }
  .card.accent h3 {
    color: var(--_accent);
  }
  .card.warn {
    border-color: var(--_warn-line);
    background: var(--_warn-back);
  }
  .card.warn h3 {
    color: var(--_warn);
  }
  .lines {
    display: grid;
    gap: 10px;
  }
  .lines > li + li {
    padding-block-start: 10px;
    border-block-start: 1px solid var(--_warn-line);
  }
  .lines b {
    font-weight: 600;
    color: var(--_warn);
  }
  .struck {
    text-decoration: line-through;
  }
  .card .meta {
    color: inherit;
  }
  .wants {
    display: grid;
    gap: 4px;
  }
  .wants li {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    column-gap: 8px;
  }
  .wants li:first-child .value {
    font-size: 16px;
  }
  .next {
    margin-block-start: 10px;
    padding: 8px 12px;
    border-radius: 8px;
    background: var(--_accent-back);
  }
  .next b {
    color: var(--_accent);
    font-weight: 600;
  }

  @container (min-width: 420px) {
    .panel {
      padding: 20px;
    }
  }
  /* Two columns that do not wait for each other: the urgent reaches down beside the knowledge, as far as it needs. */
  @container (min-width: 600px) {
    .panel {
      grid-template: auto auto 1fr / minmax(0, 1fr) minmax(0, 1fr);
      column-gap: 32px;
    }
    .panel > .quiet {
      grid-column: 1 / -1;
    }
    .lead {
      grid-area: 1 / 1 / 2 / 2;
    }
    .urgent {
      grid-area: 1 / 2 / 3 / 3;
    }
    .knowledge {
      grid-area: 2 / 1 / 4 / 2;
    }
    .past {
      grid-area: 3 / 2 / 4 / 3;
    }
    .urgent:empty ~ .past {
      grid-row-start: 1;
    }
  }
`
