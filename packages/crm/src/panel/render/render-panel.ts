import { html, type TemplateResult } from "lit"
import type { Shown } from "../shown.ts"
import { renderAttention } from "./render-attention.ts"
import { renderDoNotAsk } from "./render-do-not-ask.ts"
import { renderHandoff } from "./render-handoff.ts"
import { renderHoldForm } from "./render-hold-form.ts"
import { renderKnown } from "./render-known.ts"
import { renderMatters } from "./render-matters.ts"
import { renderScript } from "./render-script.ts"
import { renderTimeline } from "./render-timeline.ts"
import { renderWants } from "./render-wants.ts"
import { renderWho } from "./render-who.ts"

const lead = [renderWho, renderWants]
const urgent = [renderHandoff, renderAttention]
const knowledge = [renderScript, renderKnown, renderDoNotAsk]
const past = [renderMatters, renderTimeline, renderHoldForm]

/** The panel from what is urgent to what is past; in two columns where there is room. */
export const renderPanel = (shown: Shown): TemplateResult => html`
  <div class="lead">${lead.map((draw) => draw(shown))}</div>
  <div class="urgent">${urgent.map((draw) => draw(shown))}</div>
  <div class="knowledge">${knowledge.map((draw) => draw(shown))}</div>
  <div class="past">${past.map((draw) => draw(shown))}</div>
`
