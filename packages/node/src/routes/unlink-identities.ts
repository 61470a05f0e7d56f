import { demand } from "../can.ts"
import { json } from "../http/replies.ts"
import { showSides } from "../identity/show-sides.ts"
import { readJson } from "../input-gate.ts"
import { parseBody } from "../parse-body.ts"
import type { Route } from "../route.ts"
import { LinkBody } from "./link-identities.ts"

/** A POST, since many proxies drop the body of a DELETE. */
export const unlinkIdentities: Route = {
  method: "POST",
  path: "/v1/links/unlink",
  summary: "Parts two identities that were linked. Each keeps what was written to it, as if they had never been one.",
  body: LinkBody,
  answers: "Whether they are parted, and what is on each side now",
  async handle({ request, principal, service }) {
    demand(principal, "unlink")
    const call = parseBody(LinkBody, await readJson(request))
    const sides = await service.links.unlink({ ...call, principal })
    const shown = showSides(sides, { ...service, principal, ends: [call.identity, call.to] })
    return json(200, { now: service.clock(), ...shown })
  },
}
