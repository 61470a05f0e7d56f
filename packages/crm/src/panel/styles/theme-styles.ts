import { css } from "lit"

/** Colours are custom properties on the host (`--tellonce-accent: …`), so that a page can fit the panel to its own. */
export const themeStyles = css`
  :host {
    --_surface: var(--tellonce-surface, #ffffff);
    --_raised: var(--tellonce-raised, #f4f6f9);
    --_text: var(--tellonce-text, #161d27);
    --_quiet: var(--tellonce-quiet, #556070);
    --_line: var(--tellonce-line, #e2e7ee);
    --_edge: var(--tellonce-edge, #7d8896);
    --_accent: var(--tellonce-accent, #2450c4);
    --_on-accent: var(--tellonce-on-accent, #ffffff);
    --_accent-back: var(--tellonce-accent-back, #eef3ff);
    --_news: var(--tellonce-news, #fff4c7);
    --_good: #146138;
    --_good-back: #e2f4e9;
    --_warn: #774800;
    --_warn-back: #fff6e3;
    --_warn-line: #f0d9a8;
    --_bad: #9a1c2b;
    --_bad-back: #fde6e8;
    color-scheme: light dark;
    container-type: inline-size;
    display: block;
    min-inline-size: 280px;
    color: var(--_text);
    background: var(--_surface);
    font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
    overflow-wrap: anywhere;
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --_surface: var(--tellonce-surface, #13171e);
      --_raised: var(--tellonce-raised, #1d232d);
      --_text: var(--tellonce-text, #e9edf4);
      --_quiet: var(--tellonce-quiet, #a6b1c2);
      --_line: var(--tellonce-line, #2b333f);
      --_edge: var(--tellonce-edge, #6f7c8e);
      --_accent: var(--tellonce-accent, #93b3ff);
      --_on-accent: var(--tellonce-on-accent, #0d1526);
      --_accent-back: var(--tellonce-accent-back, #1a2540);
      --_news: var(--tellonce-news, #3b3516);
      --_good: #8ee0ad;
      --_good-back: #153321;
      --_warn: #f2cb84;
      --_warn-back: #2b210f;
      --_warn-line: #57431a;
      --_bad: #ffb1b9;
      --_bad-back: #43171d;
    }
  }
  :host([hidden]) {
    display: none;
  }
`
