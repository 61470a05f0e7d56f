import { refuse } from "@tellonce/core"
import { expect, it } from "vitest"
import { answerStatus } from "./answer-status.ts"
import { createMailgun } from "./create-mailgun.ts"

const mailgun = createMailgun({ signingKey: "key", clock: () => 0 })
const statusOf = (code: string) => answerStatus(mailgun, refuse(code, "Try it."))

it("a provider stops once a mail is taken, came before, or never can be; and tries again where that may help", () => {
  expect(answerStatus(mailgun, { ok: true })).toBe(200)
  expect(["mail/replayed", "mail/ambiguous_sender", "mail/malformed"].map(statusOf)).toEqual([200, 406, 406])
  expect(["mail/unverified", "mail/stale", "mail/busy", "mail/closed"].map(statusOf)).toEqual([401, 401, 503, 503])
})
