import { describe, expect, it } from "vitest"
import { competitorInterest } from "./competitor-interest.ts"
import { runTells } from "./run-tells.ts"
import { day, happens, says } from "./story.fixture.ts"

const names = ["Acme", "AT&T", "O2", "Straße 7", "Café Noir", "京东"]
const tell = competitorInterest({ names, fact: ({ found }) => ({ competitors: found }) })
const named = (text: string) => runTells([tell], [says("m", 0, text)]).flatMap(({ facts }) => facts?.competitors)

describe("competitor interest", () => {
  it.each([
    ["is ACME cheaper?", ["Acme"]],
    ["acme's offer, or at&t", ["Acme", "AT&T"]],
    ["STRASSE 7 has it", ["Straße 7"]],
    ["the cafe\u0301  noir", ["Café Noir"]],
    ["我在京东看到更便宜的", ["京东"]],
    ["(Ｏ２)", ["O2"]],
  ])("%j names them", (text, found) => {
    expect(named(text)).toEqual(found)
  })

  it.each(["the acmeist poets", "look at the T-shirts", "CO2 and O2x", "Acmé", "\u{1D4D0}cme𐐨", "acme_x"])(
    "%j names none",
    (text) => {
      expect(named(text)).toEqual([])
    },
  )

  it("in a message, a page's title or path, or a search; not in what the company says", () => {
    const story = [
      happens("p1", 0, { name: "page", data: { title: "Us and Acme" } }),
      happens("p2", 1, { name: "page", data: { path: "/compare/o2" } }),
      happens("s", 2, { name: "search", data: { query: "at&t price" } }),
      says("m", 3, "As good as 京东!", { authority: "agent" }),
    ]
    expect(runTells([tell], story).map(({ facts }) => facts)).toEqual([
      { competitors: ["Acme"] },
      { competitors: ["O2"] },
      { competitors: ["AT&T"] },
    ])
  })

  it("one emission per name and interest, however often it is named", () => {
    const story = [
      says("m1", 0, "acme"),
      says("m2", day, "acme, acme and o2"),
      says("m3", 2 * day, "acme"),
      says("m4", 3 * day + 1, "acme"),
    ]
    expect(runTells([tell], story).map(({ id, facts }) => [id, facts?.competitors])).toEqual([
      ["tell-competitor-interest-m1", ["Acme"]],
      ["tell-competitor-interest-m2", ["O2"]],
      ["tell-competitor-interest-m4", ["Acme"]],
    ])
  })
})
