import { demand } from "../can.ts"
import { json } from "../http.ts"
import type { Route } from "../route.ts"

export const verifyAuditTrail: Route = {
  method: "GET",
  path: "/v1/audit/verify",
  summary:
    "Computes every hash of the audit trail anew. What was cut off at the end shows only against heads exported earlier.",
  answers: "`ok`, how many records there are, the first fault of each chain, and the signed heads to keep elsewhere",
  async handle({ principal, service }) {
    demand(principal, "read_audit")
    await service.audit.flush()
    return json(200, { ...(await service.audit.verify()), heads: await service.audit.exportHeads() })
  },
}
