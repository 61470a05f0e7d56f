import {
  type Correction,
  corrections,
  type Identity,
  type Json,
  type ToldConflict,
  toldConflicts,
} from "@tellonce/core"
import { HttpProblem } from "../http/http-problem.ts"
import type { Principal } from "../principal.ts"
import type { InteractionParts, Place } from "./interaction-parts.ts"
import { recordEvent } from "./record-event.ts"
import { seenBy } from "./seen-by.ts"

export interface Telling extends Place {
  /** What the customer was told, by field name. */
  readonly facts: Readonly<Record<string, Json>>
  /** Where. */
  readonly channel: string
}

/** What stands after it was told: what two channels say differently, and what is to be put right. */
export interface Told {
  readonly conflicts: readonly ToldConflict[]
  readonly corrections: readonly Correction[]
}

export const createTell =
  (parts: InteractionParts) =>
  async (identity: Identity, { facts, ...place }: Telling, principal: Principal): Promise<Told> => {
    const { definition } = parts
    if (Object.keys(facts).some((field) => !Object.hasOwn(definition.fields, field))) {
      throw new HttpProblem(400, "told/unknown_field", `The definition "${definition.name}" has no field of that name.`)
    }
    await recordEvent(parts, principal, { identity, ...place }, { name: "told", facts })
    const seen = seenBy(parts, await parts.customer(identity), [{ principal, action: "tell" }], place.matter)
    const stands = { conflicts: toldConflicts(seen), corrections: corrections(seen) }
    const fields = [...stands.conflicts, ...stands.corrections].map(({ field }) => field)
    if (fields.length > 0)
      await parts.audit.note({ principal, action: "tell", subject: identity, fields, outcome: "allowed" })
    return stands
  }
