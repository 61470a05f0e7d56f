import * as z from "zod"
import { demand } from "../can.ts"
import { json } from "../http/replies.ts"
import { readJson } from "../input-gate.ts"
import { IdentityBody, parseBody } from "../parse-body.ts"
import type { Route } from "../route.ts"

const TokensBody = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("customer"), identity: IdentityBody }),
  z.strictObject({ kind: z.literal("agent"), agent: z.string().min(1).max(128) }),
])

export const issueToken: Route = {
  method: "POST",
  path: "/v1/tokens",
  summary: "Issues a token for a page of yours: for the customer you have signed in, or for an agent.",
  body: TokensBody,
  answers: "The token and when it ends",
  status: 201,
  async handle({ request, principal, service }) {
    demand(principal, "issue_token")
    const grant = parseBody(TokensBody, await readJson(request))
    const issued = await service.tokens.issue(grant)
    const about = grant.kind === "agent" ? { detail: { agent: grant.agent } } : { subject: grant.identity }
    const detail = { ...about.detail, token: issued.id }
    await service.audit.note({ principal, action: "issue_token", ...about, outcome: "allowed", detail })
    return json(201, issued)
  },
}
