import type { Identity } from "@tellonce/core"
import { customEvent } from "../custom-event.ts"
import type { ForeignEvent } from "../foreign-event.ts"
import { isObject } from "../json-object.ts"
import { parseTime } from "../parse-time.ts"
import { hashOf } from "../signal-id.ts"
import type { CloudEvent } from "./cloud-event.ts"

/** A system of record speaks: `source` and `id` together are what the standard holds unique. */
export const toForeignEvent = (event: CloudEvent): ForeignEvent => {
  const { id, source, type, time, data } = event
  return {
    name: type,
    id,
    at: parseTime(time),
    identity: identityOf(event),
    authority: "record",
    channel: "backend",
    source: source.length <= 64 ? source : `${source.slice(0, 31)}-${hashOf(source)}`,
    event: customEvent(type, isObject(data) ? data : data === undefined || data === null ? undefined : { value: data }),
    body: event,
  }
}

const kinds = /^([a-z][a-z0-9._-]{0,31})\/(.+)$/s

/** `customer/u1` is what many call a user. */
const identityOf = ({ subject }: CloudEvent): Identity | undefined => {
  const [, kind, value] = kinds.exec(subject ?? "") ?? []
  if (kind === undefined || value === undefined) return undefined
  return { kind: kind === "customer" ? "user" : kind, value }
}
