import { type Block, blocksOf, type Dialogue, type Forms, type Inform, stateService, type Turn } from "./dialogue.ts"
import { formsOf, shareForm } from "./forms.ts"
import { keyOf, type SlotMap } from "./slot-map.ts"

/**
 * A moment at which an agent needs a slot: it asks for it (`request`), or it uses one that was never said in its service (`carry`),
 * which it could only do by asking if services shared nothing.
 */
export interface Question {
  /** The place of the turn: a request is put before it, a carry after it. */
  readonly turn: number
  readonly kind: "request" | "carry"
  readonly service: string
  readonly slot: string
  /** The customer has said this already: never, in another service, or in this very service. */
  readonly said: "never" | "elsewhere" | "here"
  /** What is right: the value the customer then gives, else the gold state's; undefined when the dialogue does not show it. */
  readonly truth: Forms | undefined
  /** Asking makes the customer repeat a value they gave elsewhere. */
  readonly avoidable: boolean
}

export const findQuestions = (dialogue: Dialogue, map: SlotMap): readonly Question[] => {
  const heard = createHeard(map)
  return dialogue.turns.flatMap((turn, place) => {
    if (turn.speaker === "agent") return requestsIn(dialogue, place, turn, heard)
    heard.listen(turn)
    return blocksOf(turn).flatMap((block) => carriesIn(place, block, heard))
  })
}

const requestsIn = (dialogue: Dialogue, place: number, turn: Turn, heard: Heard): readonly Question[] =>
  blocksOf(turn).flatMap(({ service, requests, unavailable }) => {
    if (unavailable) heard.fail(service)
    // After "nothing found" the agent asks for another value, and until the customer gives one it is no repetition.
    if (heard.hasFailed(service)) return []
    return requests.map((slot): Question => {
      const elsewhere = heard.elsewhere(service, slot)
      const said = heard.isSaidHere(service, slot) ? "here" : elsewhere.length > 0 ? "elsewhere" : "never"
      const truth = answerAfter(dialogue, place, service, slot)
      const avoidable =
        said === "elsewhere" && truth !== undefined && elsewhere.some((known) => shareForm(known, truth))
      return { turn: place, kind: "request", service, slot, said, truth, avoidable }
    })
  })

const carriesIn = (place: number, block: Block, heard: Heard): readonly Question[] => {
  const service = stateService(block)
  return Object.entries(block.state ?? {}).flatMap(([slot, truth]): readonly Question[] => {
    if (heard.isSaidHere(service, slot) || heard.isCarried(service, slot)) return []
    if (!heard.elsewhere(service, slot).some((known) => shareForm(known, truth))) return []
    heard.carry(service, slot)
    return [{ turn: place, kind: "carry", service, slot, said: "elsewhere", truth, avoidable: true }]
  })
}

/** The customer's next words for the slot; a turn without them but with its gold state answers by that. */
const answerAfter = (dialogue: Dialogue, place: number, service: string, slot: string): Forms | undefined => {
  for (const turn of dialogue.turns.slice(place + 1)) {
    if (turn.speaker === "agent") continue
    const blocks = blocksOf(turn)
    const informed = blocks
      .flatMap((block) => block.informs.filter((inform) => (inform.service ?? block.service) === service))
      .find((inform) => inform.slot === slot)
    if (informed) return [...formsOf(informed)]
    const gold = blocks.find((block) => stateService(block) === service && block.state?.[slot])?.state?.[slot]
    if (gold) return gold
  }
  return undefined
}

/** What the customer has said so far, as one who listens to every service knows it. */
interface Heard {
  listen(turn: Turn): void
  fail(service: string): void
  hasFailed(service: string): boolean
  /** Said in a conversation of this service, not in another's for it. */
  isSaidHere(service: string, slot: string): boolean
  /** The forms of every value given for the slot's key in other services. */
  elsewhere(service: string, slot: string): readonly (readonly string[])[]
  carry(service: string, slot: string): void
  isCarried(service: string, slot: string): boolean
}

const createHeard = (map: SlotMap): Heard => {
  const facts: { readonly key: string; readonly service: string; readonly forms: readonly string[] }[] = []
  const here = new Set<string>()
  const carried = new Set<string>()
  const failed = new Set<string>()
  return {
    listen(turn) {
      for (const block of blocksOf(turn)) {
        const all: readonly Inform[] = [...block.informs, ...block.accepts]
        for (const said of all) {
          const service = said.service ?? block.service
          const key = keyOf(map, service, said.slot)
          if (key !== undefined) facts.push({ key, service, forms: formsOf(said) })
          if (service === block.service) here.add(`${service}.${said.slot}`)
          failed.delete(service)
        }
      }
    },
    fail: (service) => failed.add(service),
    hasFailed: (service) => failed.has(service),
    isSaidHere: (service, slot) => here.has(`${service}.${slot}`),
    elsewhere(service, slot) {
      const key = keyOf(map, service, slot)
      return facts.filter((fact) => fact.key === key && fact.service !== service).map(({ forms }) => forms)
    },
    carry: (service, slot) => carried.add(`${service}.${slot}`),
    isCarried: (service, slot) => carried.has(`${service}.${slot}`),
  }
}
