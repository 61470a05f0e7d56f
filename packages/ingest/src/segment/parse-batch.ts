import { type Millis, type Refusal, refuse } from "@tellonce/core"
import type { ForeignEvent } from "../foreign-event.ts"
import { isTooDeep } from "../http/parse-json.ts"
import { Problem } from "../http/problem.ts"
import { limits } from "../http/read-body.ts"
import { isObject, type JsonObject, objectIn } from "../json-object.ts"
import { parseTime } from "../parse-time.ts"
import { idOfContent } from "../signal-id.ts"
import type { Sender } from "../write-keys.ts"
import { parseSegmentMessage } from "./segment-message.ts"
import { type CategoryPurposes, toChoices } from "./to-choices.ts"
import { toEvent } from "./to-event.ts"
import { isSelfAlias, whoSpeaks } from "./who-speaks.ts"

/** Who sent the request, and how its messages are read. */
export interface ParseBatch {
  /** The last part of the path. */
  readonly hint: string
  /** Of the whole request, in characters: a short one holds no long message. */
  readonly length: number
  readonly sender: Sender
  readonly now: Millis
  readonly renamed: Readonly<Record<string, string>>
  readonly consent: CategoryPurposes | undefined
}

/** The events of a request, apart by whose clock they go. */
export interface ParsedBatch {
  /** With times to be corrected by how wrong the sender's clock is. */
  readonly events: readonly ForeignEvent[]
  /** With times the caller chose: they are kept as they are. */
  readonly dated: readonly ForeignEvent[]
  readonly refused: readonly Refusal[]
}

/** The messages of a request: a batch, a list, or one alone. Throws 413 `body/too_many_events`. */
export const itemsOf = (body: JsonObject | readonly unknown[]): readonly unknown[] => {
  const items = Array.isArray(body) ? body : isObject(body) && Array.isArray(body.batch) ? body.batch : [body]
  if (items.length <= limits.events) return items
  throw new Problem(
    413,
    "body/too_many_events",
    `A request holds at most ${limits.events} events. Nothing of it was kept; send fewer at a time.`,
  )
}

/** Each message by itself: a bad one stops no other. */
export const parseBatch = (body: JsonObject | readonly unknown[], options: ParseBatch): ParsedBatch => {
  const shared = isObject(body) && Array.isArray(body.batch) ? objectIn(body, "context") : {}
  const events: ForeignEvent[] = []
  const dated: ForeignEvent[] = []
  const refused: Refusal[] = []
  for (const [index, item] of itemsOf(body).entries()) {
    const parsed = parseItem(item, { ...options, shared, index })
    if (parsed === undefined) continue
    if ("code" in parsed) refused.push(parsed)
    else (isDated(item, options.sender) ? dated : events).push(parsed)
  }
  return { events, dated, refused }
}

const parseItem = (
  item: unknown,
  options: ParseBatch & { readonly shared: JsonObject; readonly index: number },
): ForeignEvent | Refusal | undefined => {
  if (!isObject(item) || isTooDeep(item)) return misshapen
  if (options.length > limits.eventBytes && JSON.stringify(item).length > limits.eventBytes) return misshapen
  const message = parseSegmentMessage(item, options)
  if (message === undefined) return misshapen
  if (isSelfAlias(message)) return undefined
  const { sender, now, index, renamed, consent } = options
  const at = parseTime(item.timestamp) ?? parseTime(item.originalTimestamp)
  const isBackend = sender === "backend"
  return {
    name: message.type === "track" ? (message.event ?? "track") : message.type,
    // Without an id of its own and a time, nothing tells a repetition from the same thing happening again.
    id: message.messageId ?? idOfContent({ ...item, sentAt: at === undefined ? [now, index] : null }),
    at,
    ...whoSpeaks(message, sender),
    isPublic: !isBackend,
    authority: isBackend ? "record" : "customer",
    channel: item.channel === "mobile" ? "app" : isBackend ? "backend" : "web",
    // Two writers: an id taken by a browser is still free for the backend.
    source: isBackend ? "segment-backend" : "segment-browser",
    event: toEvent(message, renamed),
    choices: toChoices(message.context, consent),
    body: message,
  }
}

/** A backend's times are meant; RudderStack sends beside its own the time a caller gave. */
const isDated = (item: unknown, sender: Sender): boolean =>
  sender === "backend" || (isObject(item) && item.originalTimestamp !== undefined && item.timestamp !== undefined)

const misshapen = refuse(
  "ingest/event",
  `A message has a type the Segment spec knows, nests at most ${limits.depth} deep and holds at most ${limits.eventBytes} characters.`,
)
