import { describe, expect, it } from "vitest"
import { arabicLabels } from "./arabic.ts"
import { englishLabels } from "./english.ts"
import { germanLabels } from "./german.ts"
import type { PanelLabels } from "./labels.ts"

/** Words that are the same in both languages. */
const same = new Set(["live", "authority"])
const said = { at: 0, age: 120_000, authority: "customer", channel: "web-chat", source: "shop" } as const

describe.each([
  ["German", germanLabels, "aus web chat, vor 2 Minuten"],
  ["Arabic", arabicLabels, "من web chat، قبل دقيقتين"],
] as const)("%s", (_, labels, known) => {
  it("has a word of its own for every English one", () => {
    const english = Object.entries(englishLabels).filter(([, word]) => typeof word === "string")
    const left = english.filter(([name, word]) => labels[name as keyof PanelLabels] === word && !same.has(name))
    expect(left).toEqual([])
  })

  it("tells ages and dates in its own way", () => {
    expect(labels.knownFrom(said)).toBe(known)
    expect(labels.date(1_700_000_000_000)).not.toBe(englishLabels.date(1_700_000_000_000))
    expect(labels.age(0)).not.toBe(englishLabels.age(0))
  })
})

it("a date that there cannot be is no word, and nothing is thrown", () => {
  expect(englishLabels.date(Number.MAX_SAFE_INTEGER)).toBe("")
})
