import { type Dialogue, DialogueSchema } from "./dialogue.ts"
import { type SlotMap, SlotMapSchema } from "./slot-map.ts"

export const tinyMap: SlotMap = SlotMapSchema.parse({
  dataset: "tiny",
  slots: {
    inn: { town: "city", arrival: "date", guests: "party_size", name: "place" },
    coach: { to: "city", on: "date", seats: "party_size" },
    cab: { pickup: "place", dropoff: "place" },
    bank: { FullName: "customer_name" },
    table: { booker: "customer_name" },
    post: { to: "place" },
  },
  extra_sources: { place: { inn: ["address"] } },
})

const customer = (service: string, rest: object = {}) => ({ speaker: "customer", service, ...rest })
const agent = (service: string, rest: object = {}) => ({ speaker: "agent", service, ...rest })
const inform = (slot: string, value: string, rest: object = {}) => ({ slot, value, ...rest })

/** Turns half a minute apart. */
export const tinyDialogue = (...turns: readonly object[]): Dialogue =>
  DialogueSchema.parse({
    id: "tiny-1",
    dataset: "tiny",
    turns: turns.map((turn, place) => ({ t: place * 30, ...turn })),
  })

export { agent, customer, inform }
