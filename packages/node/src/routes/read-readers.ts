import { demand } from "../can.ts"
import { HttpProblem } from "../http/http-problem.ts"
import { json } from "../http/replies.ts"
import { namedIdentity } from "../read-allowed.ts"
import type { Route } from "../route.ts"

export const readReaders: Route = {
  method: "GET",
  path: "/v1/audit/readers",
  summary: "Who saw or changed something of a customer between two times: what a breach notice must say.",
  query: ["identity", "from", "to"],
  answers: "The entries about that customer, oldest first",
  async handle({ principal, searchParams, service }) {
    demand(principal, "read_audit")
    const identity = namedIdentity(searchParams.get("identity") ?? "")
    const from = Number(searchParams.get("from") ?? 0)
    const to = Number(searchParams.get("to") ?? service.clock())
    if (!Number.isFinite(from) || !Number.isFinite(to)) {
      throw new HttpProblem(400, "audit/time", 'Give "from" and "to" in epoch milliseconds.')
    }
    await service.audit.flush()
    return json(200, { entries: await service.audit.whoRead(identity, from, to) })
  },
}
