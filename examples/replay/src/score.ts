import type { Forms } from "./dialogue.ts"
import type { Question } from "./find-questions.ts"
import { shareForm } from "./forms.ts"

/** What the service answered, with the forms of the value it knows. */
export type Heard =
  | { readonly answer: "ask" }
  | { readonly answer: "skip" | "confirm"; readonly forms: readonly string[] }

/** One customer's dialogues in figures, or a whole file's: they add up. */
export interface Tally {
  readonly dialogues: number
  readonly turns: number
  /** Requests put to the service: those after a failed search are not. */
  readonly requests: number
  /** Without sharing the customer is asked for these again: a request or a carry of what they gave elsewhere. */
  readonly repeatedWithoutSharing: number
  /** Those of them whose answer is a value they had given. */
  readonly avoidable: number
  /** Avoidable, and answered `skip` with the right value. */
  readonly avoided: number
  /** Avoidable, and answered `confirm`: with the right value, or with another known one. */
  readonly confirmed: number
  readonly confirmedOther: number
  /** Avoidable, and answered `ask`. */
  readonly missed: number
  /** Answered `skip` with a value of another matter, or of no repetition, that was not right. */
  readonly wrongReuses: number
  /** Asked again in the very service it was said in, answered `skip`: the value still held, or had changed. */
  readonly sameServiceRight: number
  readonly sameServiceChanged: number
  /** Gold slots read, and how many of them right, or with another value. */
  readonly slots: number
  readonly slotsRight: number
  readonly slotsWrong: number
  /** Gold states read; those with every slot right (lookup), and those that hold nothing more beside (joint). */
  readonly states: number
  readonly lookupJointRight: number
  readonly jointRight: number
}

export const emptyTally: Tally = {
  dialogues: 0,
  turns: 0,
  requests: 0,
  repeatedWithoutSharing: 0,
  avoidable: 0,
  avoided: 0,
  confirmed: 0,
  confirmedOther: 0,
  missed: 0,
  wrongReuses: 0,
  sameServiceRight: 0,
  sameServiceChanged: 0,
  slots: 0,
  slotsRight: 0,
  slotsWrong: 0,
  states: 0,
  lookupJointRight: 0,
  jointRight: 0,
}

export const addTally = (a: Tally, b: Partial<Tally>): Tally => {
  const sums = Object.entries(a).map(([name, count]) => [name, count + (b[name as keyof Tally] ?? 0)])
  return Object.fromEntries(sums) as unknown as Tally
}

export const scoreAnswer = (question: Question, heard: Heard): Partial<Tally> => {
  const { kind, said, truth, avoidable } = question
  const asked = {
    ...(kind === "request" && { requests: 1 }),
    ...(said === "elsewhere" && { repeatedWithoutSharing: 1 }),
    ...(avoidable && { avoidable: 1 }),
  }
  if (heard.answer === "ask") return avoidable ? { ...asked, missed: 1 } : asked
  const right = truth !== undefined && shareForm(heard.forms, truth)
  if (heard.answer === "confirm") {
    return avoidable ? { ...asked, confirmed: 1, confirmedOther: right ? 0 : 1 } : asked
  }
  // A customer who never answers proves the service neither right nor wrong.
  if (truth === undefined) return asked
  if (said === "here") return { ...asked, ...(right ? { sameServiceRight: 1 } : { sameServiceChanged: 1 }) }
  if (!right) return { ...asked, wrongReuses: 1 }
  return avoidable ? { ...asked, avoided: 1 } : asked
}

/** A service's slot as read from the context; `said` when the customer stated it for that service themselves. */
export interface Reading {
  readonly forms: readonly string[]
  readonly said: boolean
}

/** The gold state of a service beside what the context says of it. */
export const scoreState = (
  gold: Readonly<Record<string, Forms>>,
  read: (slot: string) => Reading | undefined,
  slots: readonly string[],
): Partial<Tally> => {
  const readings = Object.entries(gold).map(([slot, truth]) => ({ truth, reading: read(slot) }))
  const right = readings.filter(({ truth, reading }) => reading && shareForm(reading.forms, truth)).length
  const known = readings.filter(({ reading }) => reading).length
  const lookup = right === readings.length
  const extra = slots.some((slot) => !(slot in gold) && read(slot)?.said)
  return {
    slots: readings.length,
    slotsRight: right,
    slotsWrong: known - right,
    states: 1,
    lookupJointRight: lookup ? 1 : 0,
    jointRight: lookup && !extra ? 1 : 0,
  }
}
