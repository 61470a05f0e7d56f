import { demand } from "../can.ts"
import { json } from "../http/replies.ts"
import type { Route } from "../route.ts"

export const readRecords: Route = {
  method: "GET",
  path: "/v1/records",
  summary: "The register of processing (GDPR 30), from the configuration: purposes, categories, recipients, retention.",
  answers: "One record for each purpose",
  async handle({ principal, service }) {
    demand(principal, "read_audit")
    return json(200, { records: service.records() })
  },
}
