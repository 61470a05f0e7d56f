import { describe, expect, it } from "vitest"
import type { Question } from "./find-questions.ts"
import { addTally, emptyTally, type Heard, scoreAnswer, scoreState, type Tally } from "./score.ts"

const question = (change: Partial<Question> = {}): Question => ({
  turn: 3,
  kind: "request",
  service: "coach",
  slot: "to",
  said: "elsewhere",
  truth: ["Bath"],
  avoidable: true,
  ...change,
})
const bath: Heard = { answer: "skip", forms: ["bath"] }
const wells: Heard = { answer: "skip", forms: ["Wells"] }
const repeated = { requests: 1, repeatedWithoutSharing: 1 }
const spared = { ...repeated, avoidable: 1 }

describe("an answer counts once, for what it did to the customer", () => {
  it.each<[story: string, question: Question, heard: Heard, counted: Partial<Tally>]>([
    ["the right value without asking", question(), bath, { ...spared, avoided: 1 }],
    ["another value as certain", question(), wells, { ...spared, wrongReuses: 1 }],
    [
      "the right value to confirm",
      question(),
      { ...bath, answer: "confirm" },
      { ...spared, confirmed: 1, confirmedOther: 0 },
    ],
    [
      "another value to confirm",
      question(),
      { ...wells, answer: "confirm" },
      { ...spared, confirmed: 1, confirmedOther: 1 },
    ],
    ["asked although it was known", question(), { answer: "ask" }, { ...spared, missed: 1 }],
    ["a changed mind, asked", question({ avoidable: false }), { answer: "ask" }, repeated],
    ["a changed mind, confirmed", question({ avoidable: false }), { ...wells, answer: "confirm" }, repeated],
    ["a changed mind, taken for certain", question({ avoidable: false }), wells, { ...repeated, wrongReuses: 1 }],
    ["never answered", question({ avoidable: false, truth: undefined }), wells, repeated],
    [
      "said here and still so",
      question({ said: "here", avoidable: false }),
      bath,
      { requests: 1, sameServiceRight: 1 },
    ],
    [
      "said here and changed",
      question({ said: "here", avoidable: false }),
      wells,
      { requests: 1, sameServiceChanged: 1 },
    ],
    ["a first question", question({ said: "never", avoidable: false }), { answer: "ask" }, { requests: 1 }],
    [
      "a carry is no request",
      question({ kind: "carry" }),
      bath,
      { repeatedWithoutSharing: 1, avoidable: 1, avoided: 1 },
    ],
  ])("%s", (_story, asked, heard, counted) => {
    expect(scoreAnswer(asked, heard)).toEqual(counted)
  })
})

describe("a state is right as a whole", () => {
  const gold = { to: ["Bath", "the spa town"], on: ["2024-05-02"] }
  const said = (...forms: string[]) => ({ forms, said: true })

  it("case, spaces and punctuation do not count, and one accepted form is enough", () => {
    const read = (slot: string) => (slot === "to" ? said("The spa-town.") : said("2024-05-02", "2 May"))
    expect(scoreState(gold, read, ["to", "on"])).toMatchObject({ slotsRight: 2, lookupJointRight: 1, jointRight: 1 })
  })

  it("an unknown slot is missing, another value is wrong, and either spoils the whole", () => {
    expect(scoreState(gold, (slot) => (slot === "to" ? said("Wells") : undefined), ["to", "on"])).toMatchObject({
      slots: 2,
      slotsRight: 0,
      slotsWrong: 1,
      lookupJointRight: 0,
    })
  })

  it("what is said beyond the gold state spoils the joint alone, and what is merely known spoils nothing", () => {
    const right = (slot: string) => said(gold[slot as keyof typeof gold]?.[0] ?? "two")
    expect(scoreState(gold, right, ["to", "on", "seats"])).toMatchObject({ lookupJointRight: 1, jointRight: 0 })
    const known = (slot: string) => ({ ...right(slot), said: slot in gold })
    expect(scoreState(gold, known, ["to", "on", "seats"])).toMatchObject({ lookupJointRight: 1, jointRight: 1 })
  })
})

it("tallies add up, name by name", () => {
  expect(addTally(addTally(emptyTally, { avoided: 1 }), { avoided: 2, missed: 1 })).toEqual({
    ...emptyTally,
    avoided: 3,
    missed: 1,
  })
})
