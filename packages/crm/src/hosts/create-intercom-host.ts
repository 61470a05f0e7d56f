import type { SidebarHost } from "@tellonce/core"
import { dig } from "../claims/dig.ts"
import { createChanges } from "./create-changes.ts"
import { toAgent } from "./to-agent.ts"
import { toSubject } from "./to-subject.ts"

/** Intercom has no page of ours: each look of an agent is a request to our server. */
export interface IntercomHost extends SidebarHost {
  /** Takes the JSON body of an `initialize` or `submit` request. Verify its signature first: see `verifyIntercomRequest`. */
  receive(body: unknown): void
}

/**
 * An Intercom Canvas Kit app in the inbox: the contact of the conversation that the request is about. Make one for each request: agents look at
 * several customers at once.
 */
export const createIntercomHost = (): IntercomHost => {
  const listeners = new Set<() => void>()
  let request: unknown
  const current = async () => {
    const contact = dig(request, "contact")
    return toSubject(
      [
        ["intercom.contact", dig(contact, "id")],
        ["user", dig(contact, "external_id")],
        ["email", dig(contact, "email")],
        ["phone", dig(contact, "phone")],
      ],
      dig(contact, "name"),
    )
  }
  return {
    current,
    onChange: createChanges({
      current,
      start(changed) {
        const listener = () => changed()
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    }),
    agent: async () => toAgent(dig(request, "admin", "id"), dig(request, "admin", "name")),
    receive(body) {
      request = body
      for (const listener of [...listeners]) listener()
    },
  }
}
