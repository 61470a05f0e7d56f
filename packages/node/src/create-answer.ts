import type { Identity } from "@tellonce/core"
import { allowCustomer } from "./allow-customer.ts"
import { completeStatement } from "./complete-statement.ts"
import { inProcess } from "./in-process.ts"
import type { Principal } from "./principal.ts"
import { type ReadParts, readAs } from "./read-allowed.ts"
import type { Question, Service } from "./service.ts"

/** Answers what must be asked, and records that it is being asked. */
export const createAnswer = (parts: ReadParts & Pick<Service, "keep">): Service["answer"] => {
  const { access, clock, customer, keep } = parts
  const allowedFor = async (identity: Identity, purpose: Question["purpose"], principal: Principal) => {
    const reading = { identity, action: "ask", purpose } as const
    if (principal !== inProcess) return readAs(parts, principal, reading)
    return allowCustomer(await customer(identity), { ...reading, access, now: clock(), principal })
  }
  return async (identity, { fields, channel, source = "tellonce", matter, maxAge, purpose }, principal) => {
    const allowed = await allowedFor(identity, purpose, principal)
    const answers = allowed.ask(fields, { now: clock(), matter, maxAge })
    const toAsk = fields.filter((field) => answers[field]?.answer !== "skip")
    if (toAsk.length > 0) {
      const authority = principal.kind === "agent" ? "agent" : "bot"
      const asked = { identity, authority, channel, source, matter, event: { name: "asked", fields: toAsk } } as const
      await keep([completeStatement(asked, clock())], principal)
    }
    return answers
  }
}
