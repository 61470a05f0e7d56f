import { describe, expect, it } from "vitest"
import { toChoices } from "./to-choices.ts"

const said = (categoryPreferences: object) => ({ consent: { categoryPreferences } }) as never

describe("consent categories", () => {
  it("without a map a category is the purpose of its name", () => {
    expect(toChoices(said({ marketing: true, analytics: false, other: "yes" }), undefined)).toEqual({
      marketing: "granted",
      analytics: "denied",
    })
  })

  it("a category is never one of the service's own choices: no page says that somebody is of age", () => {
    expect(toChoices(said({ $adult: true, $processing: true, marketing: true }), undefined)).toEqual({
      marketing: "granted",
    })
  })

  it("a purpose of several categories is denied by one, granted by all, and open while one is missing", () => {
    const map = { Ads: ["marketing"], Social: ["marketing"], Stats: ["analytics"] }
    expect(toChoices(said({ Ads: true, Social: true, Stats: true }), map)).toEqual({
      marketing: "granted",
      analytics: "granted",
    })
    expect(toChoices(said({ Ads: true, Social: false }), map)).toEqual({ marketing: "denied" })
    expect(toChoices(said({ Ads: true }), map)).toEqual({})
    expect(toChoices(said({ Ads: false }), map)).toEqual({ marketing: "denied" })
  })

  it.each([{}, { consent: null }, { consent: { categoryPreferences: [] } }, said({})])(
    "what says nothing chooses nothing: %j",
    (context) => {
      expect(toChoices(context as never, { Ads: ["marketing"] })).toEqual({})
    },
  )
})
