import type { AnyView } from "@tellonce/core"
import { newestReply } from "./handoffs.ts"

/** Fields that were in the brief of a handoff somebody has taken. Where they are asked all the same, the customer repeats themselves. */
export interface Hitch {
  readonly handoff: string
  readonly fields: readonly string[]
}

export const findHitches = (
  { $ }: AnyView,
  { fields, matter }: { readonly fields: readonly string[]; readonly matter?: string | undefined },
): readonly Hitch[] =>
  $.handoffs.flatMap((step) => {
    if (step.name !== "handed") return []
    const { handoff, matter: of } = step
    if (newestReply($.handoffs.filter((each) => each.handoff === handoff))?.name !== "taken") return []
    if (of !== undefined && matter !== undefined && of !== matter) return []
    const briefed = fields.filter((field) => step.fields?.includes(field))
    return briefed.length === 0 ? [] : [{ handoff, fields: briefed }]
  })
