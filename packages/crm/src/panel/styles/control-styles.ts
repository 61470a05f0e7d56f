import { css } from "lit"

/** Badges, buttons and forms. Targets are at least 24 px high. */
export const controlStyles = css`
  .badge {
    flex: none;
    max-inline-size: 100%;
    padding: 1px 8px;
    border-radius: 99px;
    background: var(--_raised);
    color: var(--_quiet);
    font-size: 11.5px;
    font-weight: 550;
  }
  .badge.good {
    background: var(--_good-back);
    color: var(--_good);
  }
  /* The usual case is a dot: its word is for screen readers, and the words of the others stand out. */
  .dot {
    flex: none;
    align-self: center;
    inline-size: 8px;
    block-size: 8px;
    margin-inline-end: 8px;
    border-radius: 50%;
    background: var(--_good);
  }
  .badge.warn {
    background: var(--_warn-back);
    color: var(--_warn);
  }
  .badge.bad {
    background: var(--_bad-back);
    color: var(--_bad);
  }
  .connection {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--_quiet);
    font-size: 12px;
  }
  .connection::before {
    flex: none;
    box-sizing: border-box;
    inline-size: 9px;
    block-size: 9px;
    border: 2px solid var(--_edge);
    border-radius: 50%;
    content: "";
  }
  [data-connection="live"]::before {
    border-color: var(--_good);
    background: var(--_good);
  }
  [data-connection="offline"] {
    color: var(--_bad);
  }
  [data-connection="offline"]::before {
    border-color: var(--_bad);
  }

  button,
  input,
  textarea,
  select {
    min-block-size: 30px;
    border: 1px solid var(--_edge);
    border-radius: 7px;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 13px;
  }
  button {
    padding: 3px 12px;
    font-weight: 550;
    cursor: pointer;
  }
  button:hover {
    border-color: var(--_text);
  }
  button.primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  button[aria-disabled] {
    opacity: 0.6;
    cursor: progress;
  }
  button.quiet-button {
    flex: none;
    min-block-size: 24px;
    padding: 0 8px;
    border-color: transparent;
    background: none;
    color: var(--_accent);
    font-size: 12px;
  }
  button.quiet-button:hover {
    border-color: var(--_accent);
  }
  :is(button, input, textarea, select, summary, h2, h3):focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  li > button,
  .buttons {
    margin-block-start: 8px;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  form {
    display: grid;
    gap: 10px;
    margin-block-start: 10px;
    justify-items: start;
  }
  label {
    display: grid;
    gap: 3px;
    inline-size: 100%;
    color: var(--_quiet);
    font-size: 12px;
  }
  input,
  textarea,
  select {
    inline-size: 100%;
    padding: 3px 10px;
  }
  textarea {
    resize: vertical;
  }
  form .buttons {
    margin: 0;
  }
  .failure {
    color: var(--_bad);
    font-size: 12.5px;
  }
  summary {
    padding-block: 4px;
    color: var(--_accent);
    font-size: 13px;
    font-weight: 550;
    cursor: pointer;
  }
  .fold {
    padding-block-start: 12px;
    border-block-start: 1px solid var(--_line);
  }
`
