import type { Authority, HouseEvent, Identity } from "@tellonce/core"
import { v7 as uuid } from "uuid"
import { keepOne } from "../ingest/keep-one.ts"
import type { Principal } from "../principal.ts"
import type { InteractionParts, Place } from "./interaction-parts.ts"

export const newId = (): string => uuid()

/** Keeps one event, on the disk when it resolves. Throws what the service refuses it with. */
export const recordEvent = async (
  { keep, clock }: Pick<InteractionParts, "keep" | "clock">,
  principal: Principal,
  {
    identity,
    id = newId(),
    channel = channelOf(principal),
    source = "tellonce",
    matter,
  }: Place & { readonly identity: Identity },
  event: HouseEvent,
): Promise<void> => {
  const statement = { id, at: clock(), identity, authority: voiceOf(principal), channel, source, matter, event }
  await keepOne(keep, statement, principal)
}

const channelOf = (principal: Principal): string => (principal.kind === "agent" ? principal.scope.channel : "tellonce")

/** The service's own interactions are spoken by its bots; a customer's page speaks for the customer. */
const voiceOf = ({ kind }: Principal): Authority => {
  if (kind === "agent") return "agent"
  return kind === "visitor" || kind === "customer" ? "customer" : "bot"
}
