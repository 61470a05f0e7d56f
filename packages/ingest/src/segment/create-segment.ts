import type { Fields } from "@tellonce/core"
import type { Call, Desk, Handler } from "../handler.ts"
import { answer } from "../http/answer.ts"
import { findWriteKey } from "../http/find-write-key.ts"
import { decodeText, parseJson } from "../http/parse-json.ts"
import { Problem } from "../http/problem.ts"
import { readBody } from "../http/read-body.ts"
import { isObject } from "../json-object.ts"
import { parseTime } from "../parse-time.ts"
import { reportRefused } from "../report-refused.ts"
import { ecommerceEvents } from "./ecommerce-events.ts"
import { asksForPrivacy, toDenials } from "./global-privacy-control.ts"
import { itemsOf, parseBatch } from "./parse-batch.ts"
import type { SegmentSource } from "./segment-source.ts"

const types = "track|identify|page|screen|group|alias"
/** Segment and RudderStack, RudderStack's beacon, Jitsu. */
const paths = [
  new RegExp(`^/v1/(batch|import|b|t|i|p|s|g|a|${types})/?$`),
  /^\/beacon\/v1\/(batch)\/?$/,
  new RegExp(`^/api/s/(?:s2s/)?(batch|event|${types})/?$`),
]

/** The paths the clients of Segment, RudderStack and Jitsu send to. A message that is no good is reported and answered like a good one. */
export const createSegment = <F extends Fields>(source: SegmentSource<F>, desk: Desk): Handler => {
  return (call) => {
    const hint = paths.map((path) => path.exec(call.url.pathname)?.[1]).find((found) => found !== undefined)
    return hint === undefined ? undefined : () => takeBatch(call, hint, source, desk)
  }
}

const takeBatch = async <F extends Fields>(
  call: Call,
  hint: string,
  source: SegmentSource<F>,
  { keep, findSender, clock, onError }: Desk,
): Promise<Response> => {
  const { request } = call
  if (request.method !== "POST") throw new Problem(405, "ingest/method", "Messages are posted here.")
  const text = decodeText(await readBody(request))
  const body = parseJson(text)
  const envelope = isObject(body) ? body : {}
  const sender = findWriteKey(call, envelope, findSender)
  if (!isObject(body) && !Array.isArray(body)) throw new Problem(400, "body/shape", "A message is a JSON object.")
  const { events, dated, refused } = parseBatch(body, {
    hint,
    length: text.length,
    sender,
    now: clock(),
    renamed: source.events ?? ecommerceEvents,
    consent: source.consent,
  })
  reportRefused(refused, { of: itemsOf(body).length, onError })
  const { table, gpc = [] } = source
  const isPrivate = sender === "browser" && gpc.length > 0 && asksForPrivacy(request.headers)
  if (isPrivate) await keep(toDenials([...events, ...dated], gpc), { table: undefined })
  const sentAt = parseTime(envelope.sentAt) ?? parseTime(request.headers.get("sentat"))
  if (events.length > 0) await keep(events, { table, sentAt })
  if (dated.length > 0) await keep(dated, { table })
  return answer(200, { success: true, ok: true })
}
