import { describe, expect, it } from "vitest"
import { fromGoogleConsent, fromGpp, fromSegmentConsent, fromTcf, fromTcfString } from "./consent-maps.ts"

const only = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, ["ours"]]))

describe("Google Consent Mode", () => {
  it.each([
    [{}, {}],
    [{ analytics_storage: "granted" }, { analytics: "granted" }],
    [{ analytics_storage: "denied" }, { analytics: "denied" }],
    [{ analytics_storage: "pending", wait_for_update: 500 }, {}],
    [{ ad_storage: "granted" }, {}],
    [{ ad_storage: "granted", ad_user_data: "granted", ad_personalization: "granted" }, { marketing: "granted" }],
    [{ ad_storage: "granted", ad_user_data: "denied" }, { marketing: "denied" }],
    [{ ad_personalization: "denied" }, { marketing: "denied", personalization: "denied" }],
    [{ security_storage: "granted" }, {}],
  ])("%j is %j", (state, choices) => expect(fromGoogleConsent(state)).toEqual(choices))
})

describe("IAB TCF", () => {
  it.each([
    [{ eventStatus: "cmpuishown", purpose: { consents: { 8: true } } }, {}],
    [{ eventStatus: "tcloaded", purpose: { consents: { 8: true } } }, { ours: "granted" }],
    [{ eventStatus: "useractioncomplete", purpose: { consents: { 8: false } } }, { ours: "denied" }],
    [{ eventStatus: "tcloaded", purpose: { consents: {} } }, {}],
    [{ eventStatus: "tcloaded" }, {}],
  ])("%j is %j", (data, choices) => expect(fromTcf(data as never, only("8"))).toEqual(choices))

  /** A core string of version 2 with these purposes consented to, made by the published bit layout. */
  const tcString = (...granted: readonly number[]) => {
    const purposes = Array.from({ length: 24 }, (_, index) => (granted.includes(index + 1) ? "1" : "0")).join("")
    const bits = `000010${"0".repeat(146)}${purposes}${"0".repeat(40)}`
    const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))
    return Buffer.from(bytes).toString("base64url")
  }
  it("a string grants what it grants and denies the rest, whatever segments follow", () => {
    expect(fromTcfString(`${tcString(1, 8)}.YAAAAAAAAAA`, { 1: ["a"], 2: ["b"], 8: ["c"], 24: ["d"] })).toEqual({
      a: "granted",
      b: "denied",
      c: "granted",
      d: "denied",
    })
  })
  it("the strings of real banners read as the IAB's own decoder reads them", () => {
    const purposes = Object.fromEntries(Array.from({ length: 24 }, (_, index) => [index + 1, [String(index + 1)]]))
    const grantedIn = (text: string) =>
      Object.entries(fromTcfString(text, purposes) ?? {}).flatMap(([purpose, choice]) =>
        choice === "granted" ? [Number(purpose)] : [],
      )
    expect(
      grantedIn(
        "COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA.IFoEUQQgAIQwgIwQABAEAAAAOIAACAIAAAAQAIAgEAACEAAAAAgAQBAAAAAAAGBAAgAAAAAAAFAAECAAAgAAQARAEQAAAAAJAAIAAgAAAYQEAAAQmAgBC3ZAYzUw",
      ),
    ).toEqual([1, 2, 3])
    expect(grantedIn("CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA")).toEqual([])
  })
  it.each(["", "not a string", "AAAA", "CPXx", "BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA".repeat(2)])(
    "no string of version 2: %j",
    (text) => expect(fromTcfString(text)).toBeUndefined(),
  )
})

describe("IAB GPP", () => {
  const ready = (section: object) => ({ signalStatus: "ready", parsedSections: { usnat: [section] } })
  it.each([
    [{ signalStatus: "not ready", parsedSections: { usnat: [{ SaleOptOut: 1 }] } }, {}],
    [ready({ SaleOptOut: 1 }), { sale: "denied" }],
    [ready({ SaleOptOut: 2 }), {}],
    [ready({ SaleOptOut: 0 }), {}],
    [ready({ SharingOptOut: 1, SaleOptOut: 2 }), { sale: "denied", marketing: "denied" }],
    [ready({ Gpc: true }), { sale: "denied", marketing: "denied" }],
    [{ signalStatus: "ready" }, {}],
  ])("%j is %j", (data, choices) => expect(fromGpp(data as never)).toEqual(choices))
})

describe("Segment categories", () => {
  const map = { Advertising: ["marketing"], Analytics: ["analytics"] }
  it.each([
    [{}, {}],
    [
      { consent: { categoryPreferences: { Advertising: true, Analytics: false } } },
      { marketing: "granted", analytics: "denied" },
    ],
    [{ consent: { categoryPreferences: { Advertising: true } } }, { marketing: "granted" }],
    [{ consent: { categoryPreferences: { Advertising: "true", Other: true } } }, {}],
  ])("%j is %j", (context, choices) => expect(fromSegmentConsent(context as never, map)).toEqual(choices))
})
