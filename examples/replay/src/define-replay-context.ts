import { type ContextDefinition, defineContext, type Fields, latest } from "@tellonce/core"
import * as z from "zod"
import { blocksOf, type Dialogue, stateService } from "./dialogue.ts"
import { reuseOf } from "./policies.ts"
import { firstName, fullName, localField } from "./slot-fields.ts"
import type { SlotMap } from "./slot-map.ts"

/** A fact: the canonical value, and the customer's own words where they differ. */
export const SaidValue = z.object({ value: z.string().min(1), raw: z.string().optional() })
export type SaidValue = z.output<typeof SaidValue>

/** A field per key that services share, and one per slot that belongs to its service alone. */
export const defineReplayContext = (map: SlotMap, slots: readonly Slot[]): ContextDefinition<Fields> => {
  const keys = [...Object.values(map.slots).flatMap((service) => Object.values(service)), fullName, firstName]
  const shared = keys.map((key) => [key, latest(SaidValue, { scope: "matter", reuse: reuseOf(key) })] as const)
  const local = slots.map(
    ({ service, slot }) => [localField(service, slot), latest(SaidValue, { scope: "matter", reuse: "never" })] as const,
  )
  return defineContext({ name: `replay-${map.dataset}`, version: 1, fields: Object.fromEntries([...local, ...shared]) })
}

export interface Slot {
  readonly service: string
  readonly slot: string
}

/** Every slot the dialogues speak of, each once. */
export const slotsOf = (dialogues: readonly Dialogue[]): readonly Slot[] => {
  const found = new Map<string, Slot>()
  const add = (service: string, slot: string) => found.set(localField(service, slot), { service, slot })
  for (const block of dialogues.flatMap(({ turns }) => turns.flatMap(blocksOf))) {
    for (const inform of block.informs) add(inform.service ?? block.service, inform.slot)
    for (const { slot } of [...block.accepts, ...block.offers]) add(block.service, slot)
    for (const slot of block.requests) add(block.service, slot)
    for (const slot of Object.keys(block.state ?? {})) add(stateService(block), slot)
  }
  return [...found.values()]
}
