export { definePanel } from "./define-panel.ts"
export { englishLabels, type PanelLabels } from "./labels.ts"
export { type PanelContext, TelloncePanel } from "./panel.ts"
