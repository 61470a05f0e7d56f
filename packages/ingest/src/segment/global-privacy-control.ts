import { type Identity, identityKey } from "@tellonce/core"
import type { ForeignEvent } from "../foreign-event.ts"
import { hashOf } from "../signal-id.ts"

/** Does this browser ask for privacy? Exactly `1`; any other value says nothing. */
export const asksForPrivacy = (headers: Headers): boolean =>
  (headers.get("sec-gpc") ?? "").split(",").some((value) => value.trim() === "1")

/**
 * The wish as a denial of each of these visitors, once: under one id, so that a later choice by name is not undone by the browser saying it
 * again with every request.
 */
export const toDenials = (events: readonly ForeignEvent[], purposes: readonly string[]): readonly ForeignEvent[] => {
  const choices = Object.fromEntries(purposes.map((purpose) => [purpose, "denied" as const]))
  const visitors = new Map<string, Identity>()
  for (const { identity } of events) if (identity) visitors.set(identityKey(identity), identity)
  return [...visitors.values()].map(
    (identity): ForeignEvent => ({
      name: "",
      id: `gpc-${hashOf(purposes.join("\n"))}`,
      at: undefined,
      identity,
      authority: "customer",
      channel: "gpc",
      source: "gpc",
      choices,
      body: {},
    }),
  )
}
