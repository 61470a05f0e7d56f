import type { AskAnswer } from "@tellonce/core"
import { expect, it } from "vitest"
import { type Touch, toFormPlan } from "./to-form-plan.ts"

const skip: AskAnswer = { answer: "skip", reason: "known", value: 4, known: "known from web chat" }
const confirm: AskAnswer = { ...skip, answer: "confirm", reason: "stale", question: "Still 4?" }
const ask: AskAnswer = { answer: "ask", reason: "unknown", question: "How many?" }
const stepOf = (answer: AskAnswer, touch?: Touch, known?: "hide" | "fill") =>
  toFormPlan({
    fields: { people: "guests" },
    answers: { guests: answer },
    touched: new Map(touch ? [["people", touch]] : []),
    known,
  }).people

it("what is known stands there or is filled in, what may have changed is confirmed, the rest is asked", () => {
  const value = { value: 4, text: "4", known: "known from web chat" }
  expect(stepOf(skip)).toEqual({ show: "known", ...value })
  expect(stepOf(skip, undefined, "fill")).toEqual({ show: "filled", ...value })
  expect(stepOf(confirm)).toEqual({ show: "confirm", ...value, question: "Still 4?" })
  expect(stepOf(ask)).toEqual({ show: "input", question: "How many?" })
})

it("what the customer changes stays theirs, whatever becomes known", () => {
  for (const answer of [skip, confirm]) {
    expect(stepOf(answer, { by: "changing" })).toEqual({ show: "input", question: undefined })
  }
})

it("a yes holds for the value it was said to, and for no other", () => {
  expect(stepOf(confirm, { by: "confirmed", value: 4 })).toMatchObject({ show: "known", value: 4 })
  expect(stepOf(confirm, { by: "confirmed", value: 5 })).toMatchObject({ show: "confirm", value: 4 })
  expect(stepOf(ask, { by: "confirmed", value: 4 })).toMatchObject({ show: "input" })
})
