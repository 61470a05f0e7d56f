import { describe, expect, it } from "vitest"
import { cancelIntent } from "./cancel-intent.ts"
import { runTells } from "./run-tells.ts"
import { day, happens, says } from "./story.fixture.ts"

const tell = cancelIntent({ fact: ({ found }) => ({ intent: "cancel", found }) })
const found = (text: string) => runTells([tell], [says("m", 0, text)]).flatMap(({ facts }) => facts?.found)
const visits = (path: string) => runTells([tell], [happens("p", 0, { name: "page", data: { path } })]).length

describe("cancel intent", () => {
  it.each([
    ["Please CANCEL  my\norder", ["cancel my", "please cancel"]],
    ["I’d like to cancel.", ["like to cancel"]],
    ["Close my account!", ["close my account"]],
  ])("%j states it", (text, phrases) => {
    expect(found(text)).toEqual(phrases)
  })

  it.each([
    "What is your cancellation policy?",
    "I don’t want to cancel my order, only change it",
    "Please do NOT cancel my order",
    "Where is my order?",
  ])("%j does not", (text) => {
    expect(found(text)).toEqual([])
  })

  it("only the customer's own words count, in the subject too", () => {
    const mail = { name: "message", text: "See above.", subject: "Cancel my order" } as const
    expect(runTells([tell], [happens("m", 0, mail)])).toHaveLength(1)
    expect(runTells([tell], [happens("m", 0, mail, { authority: "agent" })])).toEqual([])
  })

  it("a visit of a page that leads through /cancel states it", () => {
    expect(["/cancel", "/account/cancel/", "/account/cancel/why?x=1#y"].map(visits)).toEqual([1, 1, 1])
    expect(["/cancellation-policy", "/cancelled", "/help?next=/cancel", "/"].map(visits)).toEqual([0, 0, 0, 0])
  })

  it("said again it is the same intent, until a day has passed; another matter is another intent", () => {
    const story = [
      says("m1", 0, "cancel my order", { matter: "a" }),
      says("m2", day, "I said cancel my order", { matter: "a" }),
      says("m3", day, "cancel it", { matter: "b" }),
      says("m4", 2 * day + 1, "cancel my order!", { matter: "a" }),
    ]
    expect(runTells([tell], story).map(({ id, matter }) => [id, matter])).toEqual([
      ["tell-cancel-intent-m1", "a"],
      ["tell-cancel-intent-m3", "b"],
      ["tell-cancel-intent-m4", "a"],
    ])
  })

  it("phrases and pages are configuration, in any script", () => {
    const own = cancelIntent({
      fact: { intent: "cancel" },
      phrases: ["取消订单", "stornieren"],
      unless: [],
      paths: ["/storno"],
    })
    const story = [
      says("m1", 0, "我想取消订单。"),
      happens("p", 2 * day, { name: "page", data: { path: "/konto/storno" } }),
    ]
    expect(runTells([own], story).map(({ id }) => id)).toEqual(["tell-cancel-intent-m1", "tell-cancel-intent-p"])
  })
})
