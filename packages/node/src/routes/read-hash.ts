import { canonicalHash } from "../canonical-hash.ts"
import { json } from "../http/replies.ts"
import { readAllowed } from "../read-allowed.ts"
import type { Route } from "../route.ts"

export const readHash: Route = {
  method: "GET",
  path: "/v1/hash",
  summary: "The SHA-256 of what the caller may read of a customer: equal where the same is known.",
  query: ["identity", "purpose"],
  answers: "The hash in hex, and the place in the log it belongs to",
  async handle(call) {
    const { context, seq } = await readAllowed(call, "read")
    return json(200, { now: call.service.clock(), seq, hash: canonicalHash(context) })
  },
}
