import type { Millis, SidebarHost } from "@tellonce/core"
import { dig } from "../claims/dig.ts"
import { answerWithin, hostPatience } from "./answer-within.ts"
import { createChanges } from "./create-changes.ts"
import { toAgent } from "./to-agent.ts"
import { toSubject } from "./to-subject.ts"

/** What is used of `ZAFClient.init()`. */
export interface ZendeskClient {
  get(paths: readonly string[]): unknown
  on(event: string, handler: () => void): unknown
  off(event: string, handler: () => void): unknown
}

export interface ZendeskHostOptions {
  /** `ZAFClient.init()`: false where the page was opened outside Zendesk; then nobody is ever selected. */
  readonly client: ZendeskClient | false
  /** How long Zendesk is waited for; 5 seconds unless told. */
  readonly patience?: Millis | undefined
}

const events = [
  "app.activated",
  "ticket.requester.id.changed",
  "ticket.requester.email.changed",
  "ticket.requester.name.changed",
  "user.email.changed",
  "user.name.changed",
] as const

/** A Zendesk app in the ticket or user sidebar: the ticket's requester, or the user shown. */
export const createZendeskHost = ({ client, patience = hostPatience }: ZendeskHostOptions): SidebarHost => {
  // Asked for as a list: so a path that this location does not have is left out, and the others are answered.
  const get = (...paths: readonly string[]) => answerWithin(() => (client ? client.get(paths) : undefined), patience)
  const current = async () => {
    const seen = await get("ticket.requester", "user")
    const person = dig(seen, "ticket.requester") ?? dig(seen, "user")
    const more = dig(person, "identities")
    return toSubject(
      [
        ["zendesk.user", dig(person, "id")],
        ["user", dig(person, "externalId")],
        ["email", dig(person, "email")],
        ...(Array.isArray(more) ? more.map(toClaim) : []),
      ],
      dig(person, "name"),
    )
  }
  return {
    current,
    onChange: createChanges({
      current,
      start(changed) {
        // A handler of its own for each event: the SDK forgets the wrong one where two are the same function.
        const handlers = events.map((event) => [event, () => changed()] as const)
        if (client) for (const [event, handler] of handlers) client.on(event, handler)
        return () => {
          if (client) for (const [event, handler] of handlers) client.off(event, handler)
        }
      },
    }),
    async agent() {
      const seen = await get("currentUser")
      return toAgent(dig(seen, "currentUser", "id"), dig(seen, "currentUser", "name"))
    },
  }
}

const kinds: Readonly<Record<string, string>> = { email: "email", phone_number: "phone" }

const toClaim = (identity: unknown): readonly [kind: string, value: unknown] => {
  const kind = kinds[String(dig(identity, "type"))]
  return kind === undefined ? ["other", undefined] : [kind, dig(identity, "value")]
}
