import { TelloncePanel } from "./panel.ts"

/** Makes `<tellonce-panel>` an element of the page; once is enough, more does no harm. Does nothing without a browser. */
export const definePanel = (): void => {
  if (typeof customElements === "undefined" || customElements.get("tellonce-panel")) return
  customElements.define("tellonce-panel", TelloncePanel)
}

declare global {
  interface HTMLElementTagNameMap {
    "tellonce-panel": TelloncePanel
  }
}
