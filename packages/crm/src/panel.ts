import {
  type AskAnswer,
  brief,
  type ContextPort,
  type FieldView,
  type Provenance,
  type Unsubscribe,
  type View,
} from "@tellonce/core"
import { html, LitElement, type PropertyValues, type TemplateResult } from "lit"
import { englishLabels, type PanelLabels } from "./labels.ts"
import { type Noticed, newsWithin, noticeChanges } from "./notice-changes.ts"
import { panelStyles } from "./panel-styles.ts"
import { renderDoNotAsk } from "./render-do-not-ask.ts"
import { renderHistory } from "./render-history.ts"
import { renderKnown } from "./render-known.ts"
import { renderMessages } from "./render-messages.ts"
import { renderScript } from "./render-script.ts"
import { renderWho } from "./render-who.ts"
import type { Shown } from "./shown.ts"
import { toScriptLine } from "./to-script-line.ts"

type Answers = Readonly<Record<string, AskAnswer>>

/** What the panel needs of a `ContextPort`: it reads, and never records. */
export type PanelContext = Pick<ContextPort, "view" | "subscribe">

/** How long a new or changed fact stays highlighted, in milliseconds. */
const highlighted = 4_000
const tick = 1_000

/** What the agent sees of one customer, live: who they are, what is known and how old it is, and what not to ask. */
export class TelloncePanel extends LitElement {
  static override readonly properties = {
    context: { attribute: false },
    labels: { attribute: false },
    matter: { type: String },
    now: { attribute: false },
    script: { attribute: false },
    answers: { attribute: false },
  }
  static override readonly styles = panelStyles

  /** The customer shown. Followed while the panel is on the page. */
  declare context: PanelContext | undefined
  declare labels: Partial<PanelLabels> | undefined
  /** The matter at hand: facts of another one are marked as such. */
  declare matter: string | undefined
  /** The clock ages are counted by; without one, the context's own. */
  declare now: (() => number) | undefined
  /** The fields the agent's script needs. */
  declare script: readonly string[] | undefined
  /** How the ask guard answers for them. Without it, and where it is outrun by the context, the view decides. */
  declare answers: Answers | ((fields: readonly string[], options: { readonly matter?: string }) => Answers) | undefined

  #followed: PanelContext | undefined
  #unfollow: Unsubscribe | undefined
  #clock: ReturnType<typeof setInterval> | undefined
  #noticed: Noticed | undefined
  #shown: Shown | undefined
  #news = ""

  override connectedCallback(): void {
    super.connectedCallback()
    this.#follow()
    document.addEventListener("visibilitychange", this.#tickWhileVisible)
    this.#tickWhileVisible()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener("visibilitychange", this.#tickWhileVisible)
    clearInterval(this.#clock)
    this.#follow()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("context")) this.#follow()
    this.#shown = this.context && this.#look(this.context.view())
  }

  protected override render(): TemplateResult {
    const labels = { ...englishLabels, ...this.labels }
    const shown = this.#shown
    return html`
      <section class="panel" aria-label=${labels.panel}>
        ${
          shown
            ? [renderWho, renderScript, renderKnown, renderHistory, renderMessages, renderDoNotAsk].map((draw) =>
                draw(shown),
              )
            : html`<p class="quiet">${labels.nobody}</p>`
        }
        <p class="sr" role="status" aria-live="polite">${this.#news}</p>
      </section>
    `
  }

  /** Subscribes to the context while on the page, and to none while off it. */
  #follow(): void {
    const context = this.isConnected ? this.context : undefined
    if (context === this.#followed) return
    this.#unfollow?.()
    this.#followed = context
    this.#noticed = undefined
    this.#news = ""
    this.#unfollow = context?.subscribe(() => this.requestUpdate())
    this.requestUpdate()
  }

  readonly #tickWhileVisible = (): void => {
    clearInterval(this.#clock)
    if (document.visibilityState === "hidden") return
    this.#clock = setInterval(() => this.requestUpdate(), tick)
    this.requestUpdate()
  }

  #look(view: View): Shown {
    const now = this.now?.() ?? view.$.now
    const labels = { ...englishLabels, ...this.labels }
    const briefed = brief(view)
    this.#noticed = noticeChanges(this.#noticed, briefed.known, now)
    const news = newsWithin(this.#noticed, now, 0)
    if (news.size > 0) {
      const told = briefed.known.filter(({ field }) => news.has(field))
      this.#news = told.map(({ field, value }) => `${labels.field(field)}: ${labels.value(value, field)}`).join(", ")
    }
    return {
      view,
      brief: briefed,
      labels,
      matter: this.matter,
      changed: newsWithin(this.#noticed, now, highlighted),
      aged: <Dated extends Provenance>(said: Dated) => ({ ...said, age: Math.max(0, now - said.at) }),
      script: this.#script(view, labels),
    }
  }

  #script(view: View, labels: PanelLabels): Shown["script"] {
    const { answers, script = [], matter } = this
    const given = typeof answers === "function" ? answers(script, matter === undefined ? {} : { matter }) : answers
    const fields = view as Readonly<Record<string, FieldView>>
    return script.map((field) => toScriptLine(field, fields[field], given?.[field], labels))
  }
}
