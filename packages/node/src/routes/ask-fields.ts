import * as z from "zod"
import { HttpProblem } from "../http/http-problem.ts"
import { json } from "../http/replies.ts"
import { readAct } from "../interactions/read-act.ts"
import { IdentityBody } from "../parse-body.ts"
import type { Route } from "../route.ts"

const AsksBody = z.strictObject({
  identity: IdentityBody.optional(),
  fields: z.array(z.string()).min(1).max(64),
  channel: z.string().min(1).max(64),
  source: z.string().min(1).max(64).optional(),
  matter: z.string().min(1).max(128).optional(),
  maxAge: z.number().nonnegative().optional(),
  purpose: z.string().min(1).max(128).optional(),
})

export const askFields: Route = {
  method: "POST",
  path: "/v1/asks",
  summary: "Must these fields be asked? Answers skip, confirm or ask for each, and records what is to be asked.",
  body: AsksBody,
  answers: "One answer per field; `hitches` are the handoffs taken whose brief held what is asked",
  async handle(call) {
    const { principal, service } = call
    const [identity, question] = await readAct(call, AsksBody, "ask")
    const unknown = question.fields.some((field) => !Object.hasOwn(service.definition.fields, field))
    if (unknown)
      throw new HttpProblem(
        400,
        "ask/unknown_field",
        `The definition "${service.definition.name}" has no field of that name.`,
      )
    const answers = await service.answer(identity, question, principal)
    const hitches = await service.interactions.hitches(identity, question, principal.kind === "visitor")
    return json(200, { now: service.clock(), answers, hitches })
  },
}
