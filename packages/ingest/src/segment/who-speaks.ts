import type { Identity } from "@tellonce/core"
import type { ForeignEvent } from "../foreign-event.ts"
import type { Sender } from "../write-keys.ts"
import type { SegmentMessage } from "./segment-message.ts"

/**
 * Whose message it is, and whom it says they also are. A backend knows its customers, so its word links. A browser's key is public: it
 * speaks for the anonymous visitor alone, and what it says of user ids is a claim.
 */
export const whoSpeaks = (message: SegmentMessage, sender: Sender): Pick<ForeignEvent, "identity" | "links"> =>
  sender === "backend" ? believed(message) : claimed(message)

const believed = (message: SegmentMessage): Pick<ForeignEvent, "identity" | "links"> => {
  const { type, userId, anonymousId, previousId } = message
  if (userId === undefined) return { identity: anonymous(anonymousId) }
  const identity = user(userId)
  const before = type === "alias" ? formerIdentity(message) : undefined
  const also = before ?? (type === "identify" ? anonymous(anonymousId) : undefined)
  return also === undefined || previousId === userId
    ? { identity }
    : { identity, links: [{ to: also, proof: "verified" }] }
}

const claimed = ({ type, userId, anonymousId }: SegmentMessage): Pick<ForeignEvent, "identity" | "links"> => {
  if (userId === undefined) return { identity: anonymous(anonymousId) }
  // Without an anonymous id to hold on to, it is a context of its own that belongs to nobody.
  if (anonymousId === undefined) return { identity: { kind: "unproven.user", value: userId } }
  const isClaim = type === "identify" || type === "alias"
  const links = isClaim ? { links: [{ to: user(userId), proof: "claimed" as const }] } : {}
  return { identity: { kind: "anonymous", value: anonymousId }, ...links }
}

/** An alias says what somebody was called before: the anonymous id, or another user id. The clients make their anonymous ids as UUIDs. */
const formerIdentity = ({ previousId, anonymousId }: SegmentMessage): Identity | undefined => {
  if (previousId === undefined) return undefined
  return previousId === anonymousId || uuid.test(previousId) ? anonymous(previousId) : user(previousId)
}

/** analytics-next says `alias(u1, u1)` in a session that is identified already. It says nothing. */
export const isSelfAlias = ({ type, userId, previousId }: SegmentMessage): boolean =>
  type === "alias" && userId !== undefined && userId === previousId

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const user = (value: string): Identity => ({ kind: "user", value })
const anonymous = (value: string | undefined): Identity | undefined =>
  value === undefined ? undefined : { kind: "anonymous", value }
