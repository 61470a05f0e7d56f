import { demand } from "../can.ts"
import { HttpProblem } from "../http/http-problem.ts"
import { json } from "../http/replies.ts"
import type { Route } from "../route.ts"

export const issueTicket: Route = {
  method: "POST",
  path: "/v1/tickets",
  summary:
    "A ticket for one connection to the stream, for a caller that cannot send a header: `GET /v1/stream?ticket=…`.",
  answers: "The ticket and when it ends",
  status: 201,
  async handle({ principal, service }) {
    demand(principal, "issue_ticket")
    // A key in a URL would be a key in a log.
    if (principal.kind === "secret" || principal.kind === "publishable") {
      throw new HttpProblem(403, "access/denied", "A ticket is made from a token. Issue one and ask with it.")
    }
    const { token, ...rest } = await service.tokens.issueTicket(principal)
    return json(201, { now: service.clock(), ticket: token, ...rest })
  },
}
