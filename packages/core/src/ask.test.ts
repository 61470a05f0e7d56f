import { describe, expect, it } from "vitest"
import * as z from "zod/mini"
import { applySignals } from "./apply-signals.ts"
import { ask } from "./ask.ts"
import { emptyContext } from "./context.ts"
import { defineContext } from "./define-context.ts"
import { latest } from "./rules/latest.ts"
import type { Signal } from "./signal.ts"

const minute = 60_000

const trips = defineContext({
  name: "trips",
  version: 1,
  fields: {
    fullName: latest(z.string()),
    city: latest(z.string(), { scope: "matter", reuse: "always" }),
    guests: latest(z.number(), { scope: "matter", ask: "How many of you are there?" }),
    time: latest(z.string(), { scope: "matter", reuse: "never" }),
    intent: latest(z.string(), { freshFor: "30m", keepFor: "1d" }),
  },
})

const hotel: Signal = {
  id: "1",
  at: 0,
  identity: { kind: "user", value: "1" },
  authority: "customer",
  channel: "web-chat",
  source: "page",
  matter: "hotel",
  facts: { fullName: "Ada", city: "Paris", guests: 4, time: "19:00", intent: "book" },
}
const known = applySignals(emptyContext(trips), [hotel])
const inHotel = { now: 2 * minute, matter: "hotel" }
const inTaxi = { now: 2 * minute, matter: "taxi" }

describe("ask", () => {
  it("skips what was said in this matter, and says whence it is known", () => {
    expect(ask(known, ["guests"], inHotel).guests).toEqual({
      answer: "skip",
      reason: "known",
      value: 4,
      known: "known from web chat, 2 min ago",
    })
  })

  it("asks for what nobody said, in the declared words", () => {
    const nothing = emptyContext(trips)
    expect(ask(nothing, ["guests", "fullName"], inHotel)).toEqual({
      guests: { answer: "ask", reason: "unknown", question: "How many of you are there?" },
      fullName: { answer: "ask", reason: "unknown", question: "What is your full name?" },
    })
  })

  it("in another matter reuses by policy: always, after confirmation, or never", () => {
    const { city, guests, time, fullName } = ask(known, ["city", "guests", "time", "fullName"], inTaxi)
    expect(city).toMatchObject({ answer: "skip", value: "Paris" })
    expect(fullName).toMatchObject({ answer: "skip", value: "Ada" })
    expect(guests).toMatchObject({ answer: "confirm", reason: "other_matter", question: "Is your guests still 4?" })
    expect(time).toMatchObject({ answer: "ask", reason: "other_matter" })
  })

  it("confirms what is stale or older than the question allows, and asks again for what has expired", () => {
    expect(ask(known, ["intent"], { now: 31 * minute }).intent).toMatchObject({ answer: "confirm", reason: "stale" })
    expect(ask(known, ["fullName"], { now: 2 * minute, maxAge: minute }).fullName).toMatchObject({
      answer: "confirm",
      reason: "stale",
    })
    expect(ask(known, ["intent"], { now: 24 * 60 * minute }).intent).toMatchObject({ answer: "ask", reason: "expired" })
  })

  it("confirms where two authorities disagree", () => {
    const both = applySignals(known, [
      { ...hotel, id: "2", at: 1, authority: "record", facts: { fullName: "Ada King" } },
    ])
    expect(ask(both, ["fullName"], inHotel).fullName).toMatchObject({ answer: "confirm", reason: "conflicting" })
  })

  it("refuses a field that is not declared, with a code", () => {
    expect(() => ask(known, ["nothing" as "city"], inHotel)).toThrow(
      expect.objectContaining({ code: "definition/unknown_field" }),
    )
  })
})
