import { SignalSchema } from "@tellonce/core"
import * as z from "zod"
import { demand } from "../can.ts"
import { HttpProblem } from "../http/http-problem.ts"
import { json } from "../http/replies.ts"
import { readJson } from "../input-gate.ts"
import { parseBody } from "../parse-body.ts"
import { ReaffirmBody } from "../privacy/reaffirm-body.ts"
import type { Route } from "../route.ts"

const mostSignals = 500
const SentAt = z
  .int()
  .nonnegative()
  .describe(
    "The sender's clock as it sends, where the signals are stamped by that clock: moves them if it is more than 30 s wrong.",
  )
const SignalsBody = z.strictObject({
  signals: z.array(z.unknown()).min(1),
  sentAt: SentAt.optional(),
  reaffirm: ReaffirmBody.optional(),
})
const SignalsDescription = z.strictObject({
  signals: z
    .array(SignalSchema as unknown as z.ZodType)
    .min(1)
    .max(mostSignals),
  sentAt: SentAt.optional(),
  reaffirm: ReaffirmBody.optional(),
})

export const writeSignals: Route = {
  method: "POST",
  path: "/v1/signals",
  summary:
    "Keeps signals. An answer in the 200s means every accepted one is on the disk. One bad signal stops no other.",
  body: SignalsDescription,
  answers: "One result per signal, in order",
  async handle({ request, principal, service }) {
    demand(principal, "write")
    const { signals, sentAt, reaffirm } = parseBody(SignalsBody, await readJson(request))
    if (signals.length > mostSignals) {
      throw new HttpProblem(
        413,
        "body/too_many_signals",
        `A request holds at most ${mostSignals} signals. Nothing of it was kept; send fewer at a time.`,
      )
    }
    return json(200, { now: service.clock(), results: await service.keep(signals, principal, { sentAt, reaffirm }) })
  },
}
