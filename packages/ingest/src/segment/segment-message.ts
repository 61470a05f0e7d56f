import { isObject, type JsonObject, objectIn, textIn } from "../json-object.ts"

const types = ["track", "identify", "page", "screen", "group", "alias"] as const
/** What kind of call a message is. */
export type SegmentType = (typeof types)[number]

/** One message as Segment, RudderStack and Jitsu clients send it; where the paths and functions of the table begin. */
export interface SegmentMessage {
  readonly type: SegmentType
  /** The name of what was tracked. */
  readonly event: string | undefined
  /** Of a page or screen. */
  readonly name: string | undefined
  readonly messageId: string | undefined
  readonly userId: string | undefined
  readonly anonymousId: string | undefined
  readonly previousId: string | undefined
  readonly groupId: string | undefined
  readonly properties: JsonObject
  /** From the message, or from its context as RudderStack and Jitsu send them. */
  readonly traits: JsonObject
  readonly context: JsonObject
}

/** The last part of the path, for messages that do not say their type. */
const shortTypes: Readonly<Record<string, SegmentType>> = {
  t: "track",
  i: "identify",
  p: "page",
  s: "screen",
  g: "group",
  a: "alias",
}

/** Undefined for what is no message. `hint` is the last part of the path, `shared` the context of the whole batch. */
export const parseSegmentMessage = (
  input: unknown,
  { hint, shared }: { readonly hint: string; readonly shared: JsonObject },
): SegmentMessage | undefined => {
  if (!isObject(input)) return undefined
  const type = types.find((each) => each === (input.type ?? shortTypes[hint] ?? hint))
  if (type === undefined) return undefined
  const context = { ...shared, ...objectIn(input, "context") }
  const traits = { ...objectIn(context, "traits"), ...objectIn(input, "traits") }
  const text = (name: string) => textIn(input, name)
  return {
    type,
    event: text("event"),
    name: text("name"),
    messageId: text("messageId"),
    userId: text("userId"),
    anonymousId: text("anonymousId"),
    previousId: text("previousId"),
    groupId: text("groupId"),
    properties: objectIn(input, "properties"),
    traits,
    context,
  }
}
