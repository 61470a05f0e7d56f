import { demand } from "../can.ts"
import { json } from "../http/replies.ts"
import { parseBody } from "../parse-body.ts"
import { importCustomer as takeIn } from "../privacy/import-customer.ts"
import { readLines } from "../privacy/read-lines.ts"
import { ReaffirmBody } from "../privacy/reaffirm-body.ts"
import type { Route } from "../route.ts"

export const importCustomer: Route = {
  method: "POST",
  path: "/v1/import",
  summary:
    "Takes in what `GET /v1/export` gave: into an empty service it gives the same hash, into another it is joined with what is known there.",
  query: ["reaffirm"],
  answers: "How many signals there were, the customer's hash now, and whether it is the export's",
  async handle({ request, principal, searchParams, service }) {
    demand(principal, "import")
    const reason = searchParams.get("reaffirm")
    const reaffirm = reason === null ? undefined : parseBody(ReaffirmBody, { reason })
    const lines = readLines(request.body ?? [])
    return json(200, await takeIn(lines, { service, principal, reaffirm }))
  },
}
