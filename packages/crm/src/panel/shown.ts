import type { Brief, FieldView, Provenance, SidebarSubject, View } from "@tellonce/core"
import type { ActRunner } from "./act-runner.ts"
import type { PanelLabels } from "./labels/labels.ts"
import type { PanelConnection } from "./panel-context.ts"
import type { PanelDesk } from "./panel-desk.ts"
import type { ScriptLine } from "./to-script-line.ts"

/** What one drawing of the panel is made of. */
export interface Shown {
  readonly view: View
  readonly fields: Readonly<Record<string, FieldView>>
  readonly brief: Brief
  readonly script: readonly ScriptLine[]
  readonly labels: PanelLabels
  readonly matter: string | undefined
  /** Whom the host of the sidebar says this is: claims, all of it. */
  readonly subject: SidebarSubject | undefined
  readonly connection: PanelConnection | undefined
  /** The fields to highlight. */
  readonly changed: ReadonlySet<string>
  readonly now: number
  /** The same provenance with its age as of this drawing. */
  readonly aged: <Dated extends Provenance>(dated: Dated) => Dated
  readonly acts: Acts
}

/** What the agent may do, and what of it is under way. */
export interface Acts extends ActRunner {
  readonly desk: PanelDesk
  /** As handoffs name them; undefined where nobody has said. */
  readonly agent: string | undefined
  /** The actions that can be held, for choosing. */
  readonly actions: readonly string[]
  /** The field that is being corrected. */
  readonly editing: string | undefined
  edit(field: string | undefined): void
}
