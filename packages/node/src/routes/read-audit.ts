import { demand } from "../can.ts"
import { HttpProblem } from "../http/http-problem.ts"
import { json } from "../http/replies.ts"
import type { Route } from "../route.ts"

const page = 1_000

export const readAudit: Route = {
  method: "GET",
  path: "/v1/audit",
  summary:
    "The audit trail: without `chain` the names of its chains, with one its records after `after`, 1,000 at a time.",
  query: ["chain", "after"],
  answers: "The chains, or records in order, each with the hash that links it to the one before",
  async handle({ principal, searchParams, service }) {
    demand(principal, "read_audit")
    const after = Number(searchParams.get("after") ?? 0)
    if (!Number.isSafeInteger(after) || after < 0) {
      throw new HttpProblem(
        400,
        "audit/after",
        'Say after which place to go on: "after" is the seq of the last record you have.',
      )
    }
    await service.audit.flush()
    const chain = searchParams.get("chain")
    if (chain === null) return json(200, { chains: await service.store.chains() })
    const records = await service.store.audit({ chain, after, limit: page })
    return json(200, { records, more: records.length === page })
  },
}
