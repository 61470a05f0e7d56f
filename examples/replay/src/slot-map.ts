import * as z from "zod"

/** Which slots of different services mean the same: service → slot → key. A slot without a key is local to its service. */
export const SlotMapSchema = z.object({
  dataset: z.string(),
  slots: z.record(z.string(), z.record(z.string(), z.string())),
  /** key → service → slots whose values, told by that service's agent, may serve as the key's. */
  extra_sources: z.record(z.string(), z.record(z.string(), z.array(z.string()))).default({}),
})

export type SlotMap = z.output<typeof SlotMapSchema>

export const keyOf = ({ slots }: SlotMap, service: string, slot: string): string | undefined => slots[service]?.[slot]

/** The key a told value may serve as in other services. */
export const toldKeyOf = (map: SlotMap, service: string, slot: string): string | undefined =>
  Object.entries(map.extra_sources).find(([, sources]) => sources[service]?.includes(slot))?.[0]
