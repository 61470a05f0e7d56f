import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { answers, asks, closes, day, hour, type Line, logOf, minute, shop, tells, writes } from "./log.fixture.ts"
import { serviceMetrics } from "./service-metrics.ts"

const phone = { channel: "phone", authority: "agent", speaker: "bo" } as const
const mail = { channel: "email", source: "imap" } as const
const fields = ["fullName", "orderNumber"]

/** The story of docs/metrics.md: days begin at a multiple of a day, so that windows are days. */
const story: readonly (readonly [what: string, line: Line])[] = [
  ["Ada writes, with her order number", writes(9 * hour, "return", { facts: { orderNumber: "A-1" } })],
  ["the bot asks for her name", asks(9 * hour + minute, ["fullName"], { matter: "return" })],
  ["Ada writes her name", writes(9 * hour + 2 * minute, "return", { facts: { fullName: "Ada" } })],
  ["the bot tells her: delivered", tells(9 * hour + 3 * minute, { orderStatus: "delivered" }, { matter: "return" })],
  [
    "handed to the desk, with name and order number in the brief",
    {
      at: 9 * hour + 10 * minute,
      matter: "return",
      authority: "bot",
      event: { name: "handed", handoff: "h1", to: "desk", reason: "asked for a person", fields },
    },
  ],
  ["Bo takes it", { at: 9 * hour + 12 * minute, matter: "return", ...phone, event: { name: "taken", handoff: "h1" } }],
  [
    "Bo asks for the order number: a repeated question, and a hitch",
    asks(9 * hour + 13 * minute, ["orderNumber"], { matter: "return", ...phone }),
  ],
  [
    "Bo tells her: in transit, and the record has not changed: a conflict",
    tells(9 * hour + 15 * minute, { orderStatus: "in transit" }, { matter: "return", ...phone }),
  ],
  ["settled", closes(10 * hour, "return")],
  ["Ada writes; it arrives 4 min later", writes(11 * hour, "booking", { ...mail, lag: 4 * minute })],
  ["Bo answers", answers(12 * hour, "booking", mail)],
  ["settled: in silence", closes(13 * hour, "booking")],
  ["Ada writes", writes(14 * hour, "invoice", mail)],
  ["Bo answers", answers(15 * hour, "invoice", mail)],
  ["Ada writes again: a re-contact", writes(2 * day + 9 * hour, "invoice", mail)],
]

const log = logOf(story.map(([, line]) => line))
const { overall, channels } = serviceMetrics(log, shop, { contactGap: "30m", windowLength: "1d" })

const doc = readFileSync(new URL("../../../../docs/metrics.md", import.meta.url), "utf8")
/** Rows without the padding of their cells. */
const rows = doc.split("\n").map((line) =>
  line
    .replace(/ +\| */g, " | ")
    .replace(/^\| +/, "| ")
    .trim(),
)
const twoDigits = (value: number) => String(value).padStart(2, "0")
const clock = (at: number) =>
  `day ${Math.floor(at / day) + 1}, ${twoDigits(Math.floor((at % day) / hour))}:${twoDigits((at % hour) / minute)}`

describe("the worked example of docs/metrics.md", () => {
  it("is told there as it is measured here", () => {
    const told = story.map(([what, { at }], index) => {
      const { channel = "", matter = "" } = log[index]?.signal ?? {}
      return `| ${clock(at)} | ${matter} | ${channel} | ${what} |`
    })
    expect(rows.filter((row) => row.startsWith("| day "))).toEqual(told)
  })

  it.each([
    ["repeated-question rate", overall.repeatedQuestions, 1, 2],
    ["re-contact rate", overall.recontacts, 1, 3],
    ["conflicting-information rate", overall.conflictingInformation, 1, 1],
    ["hitch rate", overall.hitches, 1, 1],
    ["silence", overall.silence, 1, 2],
  ] as const)("%s", (name, measured, count, of) => {
    expect(measured).toEqual({ count, of, rate: count / of })
    expect(rows).toContain(`| ${name} | ${count} | ${of} | ${Math.round((100 * count) / of)} % |`)
  })

  it("information lag, and no loop in two days that do not follow each other", () => {
    const email = overall.informationLag.routes.find(({ source }) => source === "imap")
    expect(email).toEqual({ source: "imap", channel: "email", signals: 5, p50: 0, p95: 4 * minute, p99: 4 * minute })
    expect(doc).toContain("`imap` → `email` has 5 signals with a p50 of 0 ms and a p95 and p99 of 240,000 ms")
    expect(overall.reinforcingLoop).toEqual({
      windows: [
        { from: 0, lagP95: 4 * minute, contacts: 3 },
        { from: 2 * day, lagP95: 0, contacts: 1 },
      ],
      loops: 0,
      score: { count: 0, of: 0, rate: undefined },
    })
    expect(doc).toContain("The log's two windows (3 contacts, then 1) do not follow each other: 0 loops")
  })

  it("the phone is where it breaks", () => {
    expect(
      channels.map(({ channel, repeatedQuestions }) => [channel, repeatedQuestions.count, repeatedQuestions.of]),
    ).toEqual([
      ["email", 0, 0],
      ["phone", 1, 1],
      ["web-chat", 0, 1],
    ])
    expect(doc).toContain("1 of 1 asks on the phone, 0 of 1 in the web chat")
  })

  it("unless told, windows are a day and each message is a contact", () => {
    expect(serviceMetrics(log, shop)).toEqual(serviceMetrics(log, shop, { windowLength: "1d", contactGap: 0 }))
    // The return then has two contacts, but no answer between them.
    expect(serviceMetrics(log, shop).overall.recontacts).toEqual({ count: 1, of: 3, rate: 1 / 3 })
  })
})
