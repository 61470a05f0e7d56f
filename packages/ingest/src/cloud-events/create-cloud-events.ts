import { type Fields, type Refusal, refuse } from "@tellonce/core"
import type { Call, Desk, Handler } from "../handler.ts"
import { answer } from "../http/answer.ts"
import { findWriteKey } from "../http/find-write-key.ts"
import { decodeText, parseJson } from "../http/parse-json.ts"
import { Problem } from "../http/problem.ts"
import { limits, readBody } from "../http/read-body.ts"
import { reportRefused } from "../report-refused.ts"
import type { CloudEventsSource } from "./cloud-events-source.ts"
import { type ParsedCloudEvent, parseBinary, parseStructured } from "./parse-cloud-event.ts"
import { toForeignEvent } from "./to-foreign-event.ts"

/** `POST /v1/events`: binary, structured and batched CloudEvents of the company's own systems. Only a secret key admits. */
export const createCloudEvents = <F extends Fields>(source: CloudEventsSource<F>, desk: Desk): Handler => {
  return (call) => (/^\/v1\/events\/?$/.test(call.url.pathname) ? () => takeEvents(call, source, desk) : undefined)
}

const takeEvents = async <F extends Fields>(
  call: Call,
  source: CloudEventsSource<F>,
  desk: Desk,
): Promise<Response> => {
  if (call.request.method !== "POST") throw new Problem(405, "ingest/method", "Events are posted here.")
  if (findWriteKey(call, {}, desk.findSender) !== "backend") {
    throw new Problem(403, "ingest/publishable_key", "Systems of record speak with a secret key. Configure one.")
  }
  const { parsed, isBatch } = await readEvents(call.request)
  const outcomes = await keepParsed(parsed, source, desk)
  const results = outcomes.map((refusal) =>
    refusal ? { status: "rejected", code: refusal.code, message: refusal.message } : { status: "accepted" },
  )
  const [only] = outcomes
  if (isBatch || only === undefined) return answer(200, { results })
  return answer(400, { error: { code: only.code, message: only.message } })
}

const readEvents = async (
  request: Request,
): Promise<{ readonly parsed: readonly ParsedCloudEvent[]; readonly isBatch: boolean }> => {
  const body = await readBody(request)
  const type = request.headers.get("content-type")?.toLowerCase() ?? ""
  if (type.startsWith("application/cloudevents-batch+json")) {
    const events = parseJson(decodeText(body))
    if (!Array.isArray(events)) throw new Problem(400, "body/shape", "A batch of CloudEvents is a JSON list.")
    if (events.length > limits.events) {
      throw new Problem(
        413,
        "body/too_many_events",
        `A batch holds at most ${limits.events} events. Send fewer at a time.`,
      )
    }
    return { parsed: events.map(parseStructured), isBatch: true }
  }
  if (type.startsWith("application/cloudevents")) {
    return { parsed: [parseStructured(parseJson(decodeText(body)))], isBatch: false }
  }
  const binary = parseBinary(request.headers, body)
  return { parsed: [binary ?? noEvent], isBatch: false }
}

/** Why each event was not kept, in their order; undefined where it was. */
const keepParsed = async <F extends Fields>(
  parsed: readonly ParsedCloudEvent[],
  { table, identity }: CloudEventsSource<F>,
  { keep, onError }: Desk,
): Promise<readonly (Refusal | undefined)[]> => {
  const refused = parsed.filter((each): each is Refusal => !each.ok)
  reportRefused(refused, { of: parsed.length, onError })
  const events = parsed.flatMap((each) => (each.ok ? [toForeignEvent(each.event)] : []))
  const kept = (await keep(events, { table, identity })).values()
  return parsed.map((each) => (each.ok ? (kept.next().value as Refusal | undefined) : each))
}

const noEvent = refuse(
  "ingest/cloud_event",
  'There is no CloudEvent here. Send it with "ce-" headers, or as application/cloudevents+json.',
)
