import * as z from "zod"
import { json } from "../http/replies.ts"
import { readJson } from "../input-gate.ts"
import { parseBody } from "../parse-body.ts"
import type { Route } from "../route.ts"

const RedemptionBody = z.strictObject({ agent: z.string().min(1).max(128) })

export const redeemHandoffLink: Route = {
  method: "POST",
  path: "/v1/handoff-links/:token/redeem",
  summary: "Opens the brief and gives its agent a token for a short time. Works once.",
  body: RedemptionBody,
  answers: "Whom it is about, the brief, and the agent's token",
  open: true,
  async handle({ request, service, params, principal }) {
    const { agent } = parseBody(RedemptionBody, await readJson(request))
    const redeemed = await service.interactions.redeemLink(params.token ?? "", agent, principal)
    return json(200, { now: service.clock(), ...redeemed })
  },
}
