import type { Identity, Millis, Signal } from "@tellonce/core"
import type { SaidValue } from "./define-replay-context.ts"
import { type Block, blocksOf, type Dialogue, type Spoken, type Turn } from "./dialogue.ts"
import type { SlotFields } from "./slot-fields.ts"
import { type SlotMap, toldKeyOf } from "./slot-map.ts"

export interface SignalOptions {
  readonly map: SlotMap
  readonly fields: SlotFields
  /** When every dialogue begins. */
  readonly base: Millis
}

/** Marks the source of what the customer agreed to, apart from what they said themselves. */
export const accepted = "replay-accepted"
const said = "replay"

export const customerOf = ({ id }: Dialogue): Identity => ({ kind: "replay", value: id })

/** What one turn tells the context: the customer's words and agreements are facts; what the agent says is on record as told, no more. */
export const toSignals = (dialogue: Dialogue, place: number, options: SignalOptions): readonly Signal[] => {
  const turn = dialogue.turns[place]
  if (turn === undefined) return []
  const statements = turn.speaker === "agent" ? toldBy(turn, options) : saidIn(turn, options.fields)
  return statements.map((statement, index) => ({
    ...statement,
    // In order, so that of two statements of one turn the later one is the newer.
    id: `${dialogue.id}-${String(place).padStart(4, "0")}-${String(index).padStart(2, "0")}`,
    at: options.base + turn.t * 1_000,
    identity: customerOf(dialogue),
  }))
}

type Unstamped = Omit<Signal, "id" | "at" | "identity">

/** Agreements first: where one turn holds both, the customer's own words count. */
const saidIn = (turn: Turn, fields: SlotFields): readonly Unstamped[] => [
  ...blocksOf(turn).flatMap(({ service, accepts }) => statement(turn, service, accepts, accepted, fields)),
  ...blocksOf(turn).flatMap((block) =>
    mattersOf(block).flatMap((matter) => {
      const informs = block.informs.filter(({ service = block.service }) => service === matter)
      return statement(turn, matter, informs, said, fields)
    }),
  ),
]

const mattersOf = ({ service, informs }: Block): readonly string[] => [
  ...new Set(informs.map((inform) => inform.service ?? service)),
]

const statement = (
  { service: channel }: Turn,
  matter: string,
  spoken: readonly Spoken[],
  source: string,
  fields: SlotFields,
): readonly Unstamped[] => {
  const facts = Object.fromEntries(
    spoken.flatMap((value) =>
      fields.writes(matter, value.slot, value.value).map((field) => [field, toSaidValue(value)] as const),
    ),
  )
  return spoken.length === 0 ? [] : [{ authority: "customer", channel, source, matter, facts }]
}

const toldBy = (turn: Turn, { map, fields }: SignalOptions): readonly Unstamped[] =>
  blocksOf(turn).flatMap(({ service: matter, offers }) => {
    const facts = Object.fromEntries(
      offers.flatMap((offer) => {
        const key = toldKeyOf(map, matter, offer.slot)
        const names = [...fields.writes(matter, offer.slot, offer.value), ...(key === undefined ? [] : [key])]
        return names.map((field) => [field, { ...toSaidValue(offer) }] as const)
      }),
    )
    if (offers.length === 0) return []
    return [{ authority: "agent", channel: turn.service, source: said, matter, event: { name: "told", facts } }]
  })

const toSaidValue = ({ value, raw }: Spoken): SaidValue => (raw === undefined ? { value } : { value, raw })
