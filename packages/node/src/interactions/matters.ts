import type { Identity } from "@tellonce/core"
import type { Principal } from "../principal.ts"
import type { InteractionParts, Place } from "./interaction-parts.ts"
import { newId, recordEvent } from "./record-event.ts"

/** A thing the customer is dealing with begins. `matter` names it; a name of its own is made unless told. */
export interface MatterOpening extends Place {
  readonly kind?: string | undefined
  readonly title?: string | undefined
}

export interface MatterClosing extends Omit<Place, "matter"> {
  readonly outcome?: string | undefined
}

export const createMatters = (parts: InteractionParts) => ({
  async openMatter(
    identity: Identity,
    { kind, title, id = newId(), matter = id, ...place }: MatterOpening,
    principal: Principal,
  ): Promise<{ readonly matter: string }> {
    await recordEvent(parts, principal, { identity, id, matter, ...place }, { name: "opened", kind, title })
    return { matter }
  },
  closeMatter: (
    identity: Identity,
    matter: string,
    { outcome, ...place }: MatterClosing,
    principal: Principal,
  ): Promise<void> => recordEvent(parts, principal, { identity, matter, ...place }, { name: "closed", outcome }),
})
