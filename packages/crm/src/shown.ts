import type { Brief, Provenance, View } from "@tellonce/core"
import type { PanelLabels } from "./labels.ts"
import type { ScriptLine } from "./to-script-line.ts"

/** What one drawing of the panel is made of. */
export interface Shown {
  readonly view: View
  readonly brief: Brief
  readonly script: readonly ScriptLine[]
  readonly labels: PanelLabels
  readonly matter: string | undefined
  /** The fields to highlight. */
  readonly changed: ReadonlySet<string>
  /** The same provenance with its age as of this drawing. */
  readonly aged: <Dated extends Provenance>(dated: Dated) => Dated
}
