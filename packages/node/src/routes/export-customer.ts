import { service } from "../access/purpose.ts"
import { exportCustomer as linesOf } from "../privacy/export-customer.ts"
import type { ExportLine } from "../privacy/export-lines.ts"
import { csvHeader, toCsv } from "../privacy/to-csv.ts"
import { readAllowed } from "../read-allowed.ts"
import type { Route } from "../route.ts"

export const exportCustomer: Route = {
  method: "GET",
  path: "/v1/export",
  summary:
    "Everything that is kept of a customer, as JSON lines: who they are, what is known, every signal, their consents, who was shown it, and the hash of it all. `format=csv` gives a table for people, which cannot be imported.",
  query: ["identity", "format", "purpose"],
  answers: "Lines of JSON; the last is of type `summary`, without which the file is cut off",
  async handle(call) {
    const customer = await readAllowed(call, "export")
    const isWhole = call.principal.kind !== "agent" && customer.purpose === service
    const lines = linesOf(call.service, { customer, isWhole })
    const encoder = new TextEncoder()
    const { begin, write, type, name } = call.searchParams.get("format") === "csv" ? csv : ndjson
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => void (begin !== "" && controller.enqueue(encoder.encode(begin))),
      async pull(controller) {
        const { done, value } = await lines.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(write(value)))
      },
      cancel: () => void lines.return(),
    })
    return {
      status: 200,
      headers: {
        "content-type": type,
        "cache-control": "no-store",
        "content-disposition": `attachment; filename="${name}"`,
      },
      body: stream,
    }
  },
}

interface Format {
  readonly begin: string
  readonly write: (line: ExportLine) => string
  readonly type: string
  readonly name: string
}

const ndjson: Format = {
  begin: "",
  write: (line) => `${JSON.stringify(line)}\n`,
  type: "application/x-ndjson",
  name: "export.ndjson",
}
const csv: Format = { begin: csvHeader, write: toCsv, type: "text/csv; charset=utf-8", name: "export.csv" }
