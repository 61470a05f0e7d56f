import { css } from "lit"

/** Chips, matters and what has happened. */
export const timelineStyles = css`
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
  .matters {
    display: grid;
    gap: 6px;
  }
  .matters li {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 2px 8px;
    padding: 7px 12px;
    border: 1px solid var(--_line);
    border-radius: 8px;
  }
  .matters li[aria-current] {
    border-color: var(--_accent);
    border-inline-start-width: 4px;
  }
  .timeline {
    display: grid;
    gap: 12px;
  }
  .timeline + details {
    margin-block-start: 8px;
  }
  details .timeline {
    margin-block-start: 8px;
  }
  .timeline li {
    position: relative;
    padding-inline-start: 16px;
    overflow: clip;
    overflow-clip-margin: 4px;
  }
  .timeline li::before {
    position: absolute;
    inset-block: 6px -14px;
    inset-inline-start: 3px;
    border-inline-start: 1px solid var(--_line);
    content: "";
  }
  .timeline li:last-child::before {
    display: none;
  }
  .timeline li::after {
    position: absolute;
    inset-block-start: 5px;
    inset-inline-start: 0;
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: var(--_edge);
    content: "";
  }
  .timeline li[data-authority="customer"]::after {
    background: var(--_accent);
  }
  .what {
    color: var(--_quiet);
  }
  .text {
    margin-block-start: 3px;
    padding: 8px 12px;
    border: 1px solid var(--_line);
    border-radius: 8px;
    white-space: pre-wrap;
  }
  [data-authority="customer"] > .text {
    border-color: transparent;
    background: var(--_raised);
  }
  .subject {
    font-weight: 600;
  }
`
