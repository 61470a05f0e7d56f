export interface FrameStart {
  readonly crm: "zendesk" | "chatwoot"
  /** The context service. */
  readonly url: string
  /** The agent's. */
  readonly token: string
}

/** The page in the CRM's frame. What it starts with stands in an attribute, so that no script is written into it. */
export const framePage = (start: FrameStart): string => `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <meta name="color-scheme" content="light dark">
  <meta name="start" content="${escaped(JSON.stringify(start))}">
  <title>Tellonce</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/frame.css">
  <script type="module" src="/frame.js"></script>
  <tellonce-panel></tellonce-panel>
</html>`

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
