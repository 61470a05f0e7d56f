import type { Json, Millis } from "@tellonce/core"

/** What the agent may do from the panel. What is absent is not offered; what rejects is shown to have failed. */
export interface PanelDesk {
  acceptHandoff?(handoff: string): Promise<unknown>
  declineHandoff?(handoff: string): Promise<unknown>
  /** States a field anew, in the agent's voice. */
  correct?(field: string, value: unknown, matter: string | undefined): Promise<unknown>
  hold?(hold: HoldWish): Promise<unknown>
  release?(hold: string): Promise<unknown>
  /** The agent has told the customer these facts. */
  told?(facts: Readonly<Record<string, Json>>): Promise<unknown>
}

export interface HoldWish {
  readonly action: string
  readonly reason: string
  readonly until?: Millis | undefined
}
