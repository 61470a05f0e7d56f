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
    return json(201, await service.tokens.issue(parseBody(TokensBody, await readJson(request))))
  },
}
