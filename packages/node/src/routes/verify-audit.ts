import { isTellonceError } from "@tellonce/core"
import { demand } from "../can.ts"
import { HttpProblem } from "../http/http-problem.ts"
import { json } from "../http/replies.ts"
import type { Route } from "../route.ts"

export const verifyAuditTrail: Route = {
  method: "GET",
  path: "/v1/audit/verify",
  summary:
    "Computes every hash of the audit trail anew. What was cut off at the end shows only against `heads`, a line this service exported earlier.",
  query: ["heads"],
  answers: "`ok`, how many records there are, the first fault of each chain, and the signed heads to keep elsewhere",
  async handle({ principal, searchParams, service }) {
    demand(principal, "read_audit")
    await service.audit.flush()
    const line = searchParams.get("heads")
    const verdict = await service.audit.verify(line === null ? {} : { heads: line }).catch(asAnswer)
    return json(200, { ...verdict, heads: await service.audit.exportHeads() })
  },
}

const asAnswer = (thrown: unknown): never => {
  throw isTellonceError(thrown) && thrown.code === "audit/heads"
    ? new HttpProblem(400, thrown.code, thrown.message)
    : thrown
}
