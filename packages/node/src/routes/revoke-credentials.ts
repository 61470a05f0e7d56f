import * as z from "zod"
import type { Revoked } from "../access/revocations.ts"
import type { Act } from "../audit/act.ts"
import { demand } from "../can.ts"
import { json } from "../http/replies.ts"
import { readJson } from "../input-gate.ts"
import { IdentityBody, parseBody } from "../parse-body.ts"
import type { Route } from "../route.ts"

const Name = z.string().min(1).max(128)
const RevocationBody = z.union([
  z.strictObject({ token: Name }),
  z.strictObject({ agent: Name }),
  z.strictObject({ identity: IdentityBody }),
  z.strictObject({ key: Name }),
])

export const revokeCredentials: Route = {
  method: "POST",
  path: "/v1/revocations",
  summary:
    "Ends one token by its id, all tokens an agent or an identity was given before now, or a key, by itself or by its id, and all it has signed. Open streams close.",
  body: RevocationBody,
  answers: "When it was revoked",
  status: 201,
  async handle({ request, principal, service }) {
    demand(principal, "revoke")
    const revoked = parseBody(RevocationBody, await readJson(request))
    await service.revocations.revoke(revoked)
    await service.audit.note({ principal, action: "revoke", ...aboutOf(revoked), outcome: "allowed" })
    return json(201, { now: service.clock() })
  },
}

/** A key may have been sent as it is. */
const aboutOf = (revoked: Revoked): Pick<Act, "subject" | "detail"> => {
  if ("identity" in revoked) return { subject: revoked.identity }
  return "key" in revoked ? {} : { detail: { ...revoked } }
}
