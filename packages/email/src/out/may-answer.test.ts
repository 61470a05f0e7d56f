import { describe, expect, it } from "vitest"
import { parseMail } from "../parse/parse-mail.ts"
import { mayAnswer } from "./may-answer.ts"
import { toMessage } from "./to-message.ts"

describe("a program answers", () => {
  const read = async (headers: readonly string[] = [], from = "ada@example.com") => {
    const parsed = await parseMail([`From: ${from}`, ...headers, "", "hello"].join("\r\n"))
    if (!parsed.ok) throw new Error(parsed.code)
    return parsed.mail
  }
  it("a person who has proven to be the customer", async () => {
    expect(mayAnswer(await read(), { mayRead: true })).toEqual({ allowed: true })
    expect(mayAnswer(await read(["X-Auto-Response-Suppress: DR, RN"]), { mayRead: true })).toEqual({ allowed: true })
  })

  it.each([
    ["who has not", [], undefined, false, "unproven"],
    ["a machine", ["Auto-Submitted: auto-generated"], undefined, true, "automated"],
    ["who asked for no automatic answers", ["X-Auto-Response-Suppress: OOF, All"], undefined, true, "asked_not_to"],
    ["an address that nobody reads", [], "no-reply@example.com", true, "nobody"],
  ] as const)("never %s", async (_, headers, from, mayRead, because) => {
    expect(mayAnswer(await read(headers, from), { mayRead })).toEqual({ allowed: false, because })
  })

  it("never another program's answer to its own mail: two of them do not talk to each other", async () => {
    const people = { from: { address: "bot@acme.example" }, to: { address: "bot@example.com" } }
    const { headers } = toMessage({ ...people, subject: "Hello", text: "hi", automated: true })
    const answer = await read(Object.entries(headers).map(([name, value]) => `${name}: ${value}`))
    expect(mayAnswer(answer, { mayRead: true })).toEqual({ allowed: false, because: "automated" })
  })

  it("never a report, which comes from nobody", async () => {
    const report = { ...(await read()), envelope: { from: "", to: ["support@acme.example"] } }
    expect(mayAnswer(report, { mayRead: true })).toEqual({ allowed: false, because: "nobody" })
  })
})
