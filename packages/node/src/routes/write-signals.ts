import { SignalSchema } from "@tellonce/core"
import * as z from "zod"
import { demand } from "../can.ts"
import { HttpProblem, json } from "../http.ts"
import { readJson } from "../input-gate.ts"
import { parseBody } from "../parse-body.ts"
import type { Route } from "../route.ts"

const mostSignals = 500
const SignalsBody = z.strictObject({ signals: z.array(z.unknown()).min(1), sentAt: z.number().optional() })
const SignalsDescription = z.strictObject({
  signals: z
    .array(SignalSchema as unknown as z.ZodType)
    .min(1)
    .max(mostSignals),
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
    const { signals } = parseBody(SignalsBody, await readJson(request))
    if (signals.length > mostSignals) {
      throw new HttpProblem(
        413,
        "body/too_many_signals",
        `A request holds at most ${mostSignals} signals. Nothing of it was kept; send fewer at a time.`,
      )
    }
    return json(200, { now: service.clock(), results: await service.keep(signals, principal) })
  },
}
