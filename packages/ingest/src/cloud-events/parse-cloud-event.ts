import { type Refusal, refuse } from "@tellonce/core"
import { decodeText, isTooDeep, parseJson } from "../http/parse-json.ts"
import { isProblem } from "../http/problem.ts"
import { isObject, type JsonObject } from "../json-object.ts"
import type { CloudEvent } from "./cloud-event.ts"

/** An event, or why it is none. */
export type ParsedCloudEvent = { readonly ok: true; readonly event: CloudEvent } | Refusal

/** Structured mode: the event as one JSON object, its data in it or, as bytes, beside it. */
export const parseStructured = (input: unknown): ParsedCloudEvent => {
  if (!isObject(input) || isTooDeep(input)) return misshapen
  const { data_base64: bytes, ...attributes } = input
  if (bytes === undefined) return admit(attributes)
  if (typeof bytes !== "string") return misshapen
  return admit({ ...attributes, ...dataOf(Buffer.from(bytes, "base64"), attributes.datacontenttype) })
}

/** Binary mode: the attributes in `ce-` headers, percent-encoded, and the data as the body. Undefined where there are none. */
export const parseBinary = (headers: Headers, body: Buffer): ParsedCloudEvent | undefined => {
  if (!headers.has("ce-specversion") && !headers.has("ce-id")) return undefined
  const attributes: Record<string, string> = {}
  for (const [name, value] of headers) if (name.startsWith("ce-")) attributes[name.slice(3)] = decodeHeader(value)
  const datacontenttype = headers.get("content-type") ?? undefined
  const data = body.length === 0 ? {} : dataOf(body, datacontenttype)
  return admit({ ...attributes, ...(datacontenttype !== undefined && { datacontenttype }), ...data })
}

const attributeName = /^[a-z0-9]{1,64}$/

const admit = (input: JsonObject): ParsedCloudEvent => {
  const { id, source, type, specversion, data } = input
  const isWhole = [id, source, type].every((each) => typeof each === "string" && each !== "")
  if (!isWhole || specversion !== "1.0" || isTooDeep(data)) return misshapen
  const names = Object.entries(input).filter(([name]) => attributeName.test(name))
  return { ok: true, event: Object.fromEntries(names) as CloudEvent }
}

/** JSON where the type says so, or says nothing: that is what it means in JSON's own envelope. */
const dataOf = (bytes: Buffer, type: unknown): JsonObject => {
  const media = typeof type === "string" ? (type.split(";")[0]?.trim().toLowerCase() ?? "") : "application/json"
  try {
    if (/^[^/]+\/([^;]+\+)?json$/.test(media)) return { data: parseJson(decodeText(bytes)) }
    return { data: media.startsWith("text/") ? decodeText(bytes) : bytes.toString("base64") }
  } catch (thrown) {
    // What is not what it says it is stays readable as bytes, and no row finds a fact in it.
    if (isProblem(thrown)) return { data: bytes.toString("base64") }
    throw thrown
  }
}

/** Header values are percent-encoded UTF-8; an encoding that is broken is taken as it stands. */
const decodeHeader = (value: string): string => {
  const bare = /^"(.*)"$/s.exec(value)?.[1] ?? value
  try {
    return decodeURIComponent(bare)
  } catch {
    return bare
  }
}

const misshapen = refuse(
  "ingest/cloud_event",
  'A CloudEvent 1.0 has an "id", a "source" and a "type" that are not empty, and "specversion": "1.0".',
)
