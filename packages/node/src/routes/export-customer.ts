import { exportCustomer as linesOf } from "../privacy/export-customer.ts"
import { readAllowed } from "../read-allowed.ts"
import type { Route } from "../route.ts"

export const exportCustomer: Route = {
  method: "GET",
  path: "/v1/export",
  summary:
    "Everything that is kept of a customer, as JSON lines: who they are, what is known, every signal, their consents, who was shown it, and the hash of it all.",
  query: ["identity"],
  answers: "Lines of JSON; the last is of type `summary`, without which the file is cut off",
  async handle(call) {
    const customer = await readAllowed(call, "export")
    const lines = linesOf(call.service, { customer, isWhole: call.principal.kind !== "agent" })
    const encoder = new TextEncoder()
    const stream = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await lines.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
      },
      cancel: () => void lines.return(),
    })
    return new Response(stream, {
      headers: {
        "content-type": "application/x-ndjson",
        "cache-control": "no-store",
        "content-disposition": 'attachment; filename="export.ndjson"',
      },
    })
  },
}
