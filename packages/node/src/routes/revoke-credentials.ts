import * as z from "zod"
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
    "Ends one token by its id, all tokens an agent or an identity was given before now, or a key and all it has signed. Open streams close.",
  body: RevocationBody,
  answers: "When it was revoked",
  status: 201,
  async handle({ request, principal, service }) {
    demand(principal, "revoke")
    await service.revocations.revoke(parseBody(RevocationBody, await readJson(request)))
    return json(201, { now: service.clock() })
  },
}
