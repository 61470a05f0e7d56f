import { keyOf, type SlotMap } from "./slot-map.ts"

/** Where a service's slot lives in the context: the fields it is written to, and those it is read from, the best first. */
export interface SlotFields {
  reads(service: string, slot: string): readonly string[]
  writes(service: string, slot: string, value: string): readonly string[]
}

const nameKey = "customer_name"
/** What a customer goes by, apart: a first name serves a table booking, and is no full name to a bank. */
export const fullName = "full_name"
export const firstName = "first_name"

export const createSlotFields = (map: SlotMap): SlotFields => ({
  reads(service, slot) {
    const key = keyOf(map, service, slot)
    if (key === undefined) return [localField(service, slot)]
    if (key === nameKey && isFullNameSlot(slot)) return [fullName, firstName]
    return isOneOfTwo(map, service, key) ? [localField(service, slot), key] : [key]
  },
  writes(service, slot, value) {
    const key = keyOf(map, service, slot)
    if (key === undefined || isOneOfTwo(map, service, key)) return [localField(service, slot)]
    return key === nameKey ? [key, /\S\s+\S/.test(value) ? fullName : firstName] : [key]
  },
})

const isFullNameSlot = (slot: string): boolean => /full.?name/i.test(slot)

export const localField = (service: string, slot: string): string => `${service}.${slot}`

/** A taxi has two places: were both written to `place`, the one end of the ride would be taken for the other. */
const isOneOfTwo = ({ slots }: SlotMap, service: string, key: string): boolean =>
  Object.values(slots[service] ?? {}).filter((other) => other === key).length > 1
