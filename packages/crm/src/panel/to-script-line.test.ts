import type { AskAnswer, FieldView } from "@tellonce/core"
import { describe, expect, it } from "vitest"
import { englishLabels } from "./labels/english.ts"
import { toScriptLine } from "./to-script-line.ts"

const said = { at: 0, age: 120_000, authority: "customer", channel: "web-chat", source: "shop" } as const
const fresh: FieldView = { state: "fresh", value: "A-1042", ...said }
const stale: FieldView = { state: "stale", value: "A-1042", ...said }
const expired: FieldView = { state: "expired", ...said }
const question = "Which order is it about?"
const mustAsk: AskAnswer = { answer: "ask", reason: "unknown", question }
const skip: AskAnswer = { answer: "skip", reason: "known", value: "A-1042", known: "known from web chat, 2 min ago" }

const line = (seen: FieldView | undefined, given?: AskAnswer) =>
  toScriptLine("orderNumber", seen, given, englishLabels).answer

describe("without an answer the view decides", () => {
  it("what is fresh is not asked", () => {
    expect(line(fresh)).toEqual(skip)
  })
  it("what is stale is confirmed", () => {
    expect(line(stale)).toMatchObject({ answer: "confirm", question: "Is your order number still A-1042?" })
  })
  it("what is expired or unknown is asked", () => {
    expect(line(expired)).toMatchObject({ answer: "ask", reason: "expired", question: "What is your order number?" })
    expect(line({ state: "unknown" })).toMatchObject({ answer: "ask", reason: "unknown" })
    expect(line(undefined)).toMatchObject({ answer: "ask", reason: "unknown" })
  })
})

describe("an answer stands while the view bears it out", () => {
  it("a declared question is asked while the field is unknown", () => {
    expect(line({ state: "unknown" }, mustAsk)).toBe(mustAsk)
  })
  it("what another matter stated is asked, however fresh", () => {
    const other: AskAnswer = { answer: "ask", reason: "other_matter", question }
    expect(line(fresh, other)).toBe(other)
  })
  it("a fresh value is confirmed where the guard says so", () => {
    const confirm: AskAnswer = { ...skip, answer: "confirm", reason: "other_matter", question }
    expect(line(fresh, confirm)).toBe(confirm)
  })
})

describe("an answer the context has outrun does not", () => {
  it("what the customer has said since is not asked", () => {
    expect(line(fresh, mustAsk)).toEqual(skip)
  })
  it("a value that has changed since is shown as it is now", () => {
    expect(line({ ...fresh, value: "B-7" }, skip)).toMatchObject({ answer: "skip", value: "B-7" })
  })
  it("what has expired since is asked again", () => {
    expect(line(expired, skip)).toMatchObject({ answer: "ask", reason: "expired" })
  })
})
