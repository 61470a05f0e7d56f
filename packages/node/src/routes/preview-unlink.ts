import { identityKey } from "@tellonce/core"
import { demand } from "../can.ts"
import { json } from "../http/replies.ts"
import { showSides } from "../identity/show-sides.ts"
import { toCanonicalIdentity } from "../identity/to-canonical-identity.ts"
import { readJson } from "../input-gate.ts"
import { parseBody } from "../parse-body.ts"
import type { Route } from "../route.ts"
import { LinkBody } from "./link-identities.ts"

export const previewUnlink: Route = {
  method: "POST",
  path: "/v1/links/preview",
  summary:
    "What unlinking two identities would leave on each side, and the hash each side would have. Changes nothing.",
  body: LinkBody,
  answers: "Whether they would be parted, and each side's identities, counts and hash",
  async handle({ request, principal, service }) {
    demand(principal, "unlink")
    const { identity, to } = parseBody(LinkBody, await readJson(request))
    const preview = await service.links.previewUnlink({ identity, to })
    const subject = { subject: identity, others: [identityKey(toCanonicalIdentity(service.identities, to))] }
    await service.audit.note({ principal, action: "preview_unlink", ...subject, outcome: "allowed" })
    const shown = showSides(preview, { ...service, principal, ends: [identity, to] })
    return json(200, { now: service.clock(), ...shown })
  },
}
