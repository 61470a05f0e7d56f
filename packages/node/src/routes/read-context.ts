import { encodeContext } from "@tellonce/core"
import { json } from "../http/replies.ts"
import { readAllowed } from "../read-allowed.ts"
import type { Route } from "../route.ts"

export const readContext: Route = {
  method: "GET",
  path: "/v1/context",
  summary:
    "What is known of a customer now, as far as the caller may read it: the context to merge, and the view to read.",
  query: ["identity", "matter", "purpose"],
  answers: "The customer's identities, context and view",
  async handle(call) {
    const { service, searchParams } = call
    const { identities, context, seq, view } = await readAllowed(call, "read")
    const now = service.clock()
    const seen = view({ now, matter: searchParams.get("matter") ?? undefined })
    return json(200, { now, seq, identities, context: JSON.parse(encodeContext(context)), view: seen })
  },
}
