import {
  type AskAnswer,
  type Brief,
  type BriefOptions,
  brief,
  type FieldView,
  fieldsOf,
  type Provenance,
  type SidebarSubject,
  type Unsubscribe,
} from "@tellonce/core"
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit"
import { keyed } from "lit/directives/keyed.js"
import { createActRunner } from "./act-runner.ts"
import { createFocusKeeper } from "./focus-keeper.ts"
import { keepOrder } from "./keep-order.ts"
import { englishLabels } from "./labels/english.ts"
import type { PanelLabels } from "./labels/labels.ts"
import { type Noticed, newsWithin, noticeChanges } from "./notice-changes.ts"
import type { PanelContext } from "./panel-context.ts"
import type { PanelDesk } from "./panel-desk.ts"
import { renderNobody } from "./render/render-nobody.ts"
import { renderPanel } from "./render/render-panel.ts"
import type { Acts, Shown } from "./shown.ts"
import { panelStyles } from "./styles/panel-styles.ts"
import { toScriptLine } from "./to-script-line.ts"

type Answers = Readonly<Record<string, AskAnswer>>

/** How long a new or changed fact stays highlighted, in milliseconds. */
const highlighted = 4_000
const tick = 1_000

/** What the agent sees of one customer, live, and what they can do about it. */
export class TelloncePanel extends LitElement {
  static override readonly properties = {
    context: { attribute: false },
    desk: { attribute: false },
    agent: { type: String },
    subject: { attribute: false },
    labels: { attribute: false },
    matter: { type: String },
    now: { attribute: false },
    script: { attribute: false },
    answers: { attribute: false },
    briefing: { attribute: false },
  }
  static override readonly styles = panelStyles

  /** The customer shown. Followed while the panel is on the page. */
  declare context: PanelContext | undefined
  /** What the agent may do from here; nothing, unless told. */
  declare desk: PanelDesk | undefined
  /** The agent, as handoffs name them: only theirs are offered. */
  declare agent: string | undefined
  /** Whom the host of the sidebar says this is. Shown as claims. */
  declare subject: SidebarSubject | undefined
  declare labels: Partial<PanelLabels> | undefined
  /** The matter at hand: facts of another one are marked as such. */
  declare matter: string | undefined
  /** The clock ages are counted by; without one, the context's own. */
  declare now: (() => number) | undefined
  /** The fields the agent's script needs. */
  declare script: readonly string[] | undefined
  /** How the ask guard answers for them. Without it, and where it is outrun by the context, the view decides. */
  declare answers: Answers | ((fields: readonly string[], options: { readonly matter?: string }) => Answers) | undefined
  /** The company's actions with their policies, what counts as friction, and the next step. */
  declare briefing: BriefOptions | undefined

  #followed: PanelContext | undefined
  #unfollow: Unsubscribe | undefined
  #clock: ReturnType<typeof setInterval> | undefined
  #noticed: Noticed | undefined
  #shown: Shown | undefined
  #news = ""
  #editing: string | undefined
  readonly #runner = createActRunner(this, (outcome) => {
    this.#news = outcome === "done" ? this.#labels.done : this.#labels.notDone
  })

  constructor() {
    super()
    createFocusKeeper(this)
  }

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
    if (changed.has("context")) {
      this.#runner.forget()
      this.#follow()
    }
    this.#shown = this.context && this.#look(this.context)
  }

  protected override render(): TemplateResult {
    // Keyed: what was typed or unfolded about one customer goes with them.
    return html`
      <section class="panel" lang=${this.#labels.language} aria-label=${this.#labels.panel}>
        ${this.#shown ? keyed(this.context, renderPanel(this.#shown)) : renderNobody({ labels: this.#labels, subject: this.subject })}
        <p class="sr" role="status" aria-live="polite">${this.#news || nothing}</p>
      </section>
    `
  }

  get #labels(): PanelLabels {
    return { ...englishLabels, ...this.labels }
  }

  /** Subscribes to the context while on the page, and to none while off it. */
  #follow(): void {
    const context = this.isConnected ? this.context : undefined
    if (context === this.#followed) return
    this.#unfollow?.()
    this.#followed = context
    this.#noticed = undefined
    this.#news = ""
    this.#editing = undefined
    this.#unfollow = context?.subscribe(() => this.requestUpdate())
    this.requestUpdate()
  }

  readonly #tickWhileVisible = (): void => {
    clearInterval(this.#clock)
    if (document.visibilityState === "hidden") return
    this.#clock = setInterval(() => this.requestUpdate(), tick)
    this.requestUpdate()
  }

  #look(context: PanelContext): Shown {
    const view = context.view()
    const now = this.now?.() ?? view.$.now
    const labels = this.#labels
    const briefed = this.#inPlace(brief(view, this.briefing))
    this.#noticed = noticeChanges(this.#noticed, briefed.known, now)
    const news = newsWithin(this.#noticed, now, 0)
    if (news.size > 0) {
      const told = briefed.known.filter(({ field }) => news.has(field))
      this.#news = told.map(({ field, value }) => `${labels.field(field)}: ${labels.value(value, field)}`).join(", ")
    }
    const fields = fieldsOf(view)
    return {
      view,
      fields,
      brief: briefed,
      labels,
      now,
      matter: this.matter,
      subject: this.subject,
      connection: context.connection?.(),
      changed: newsWithin(this.#noticed, now, highlighted),
      aged: <Dated extends Provenance>(said: Dated) => ({ ...said, age: Math.max(0, now - said.at) }),
      script: this.#script(fields, labels),
      acts: this.#acts(),
    }
  }

  /** The brief, with the facts where they were while one of them is being corrected. */
  #inPlace(briefed: Brief): Brief {
    if (this.#editing === undefined) return briefed
    return { ...briefed, known: keepOrder(briefed.known, [...(this.#noticed?.keys() ?? [])]) }
  }

  #script(fields: Readonly<Record<string, FieldView>>, labels: PanelLabels): Shown["script"] {
    const { answers, script = [], matter } = this
    const given = typeof answers === "function" ? answers(script, matter === undefined ? {} : { matter }) : answers
    return script.map((field) => toScriptLine(field, fields[field], given?.[field], labels))
  }

  #acts(): Acts {
    const { run, isRunning, failure } = this.#runner
    return {
      run,
      isRunning,
      failure,
      desk: this.desk ?? {},
      agent: this.agent,
      actions: Object.keys(this.briefing?.actions ?? {}),
      editing: this.#editing,
      edit: (field) => {
        this.#editing = field
        this.requestUpdate()
      },
    }
  }
}
