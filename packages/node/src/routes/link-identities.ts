import * as z from "zod"
import { demand } from "../can.ts"
import { json } from "../http/replies.ts"
import { readJson } from "../input-gate.ts"
import { IdentityBody, parseBody } from "../parse-body.ts"
import type { Route } from "../route.ts"

/** Whom to link or to part. In a body always: an identity in a path would stand in every proxy's log. */
export const LinkBody = z.strictObject({
  identity: IdentityBody,
  to: IdentityBody,
  source: z.string().min(1).max(64).default("tellonce"),
})

export const linkIdentities: Route = {
  method: "POST",
  path: "/v1/links",
  summary:
    "States that two identities are proven to be one customer. What cannot be one is refused: link/conflict, link/cap.",
  body: LinkBody,
  answers: "When it was kept",
  async handle({ request, principal, service }) {
    demand(principal, "link")
    const call = parseBody(LinkBody, await readJson(request))
    await service.links.link({ ...call, principal })
    return json(200, { now: service.clock(), status: "linked" })
  },
}
