import type { Millis, SidebarHost } from "@tellonce/core"
import { dig } from "../claims/dig.ts"
import { toText } from "../claims/to-text.ts"
import { answerWithin, hostPatience } from "./answer-within.ts"
import { createChanges } from "./create-changes.ts"
import { toAgent } from "./to-agent.ts"
import { toSubject } from "./to-subject.ts"

/** What is used of the `context` and `actions` that `hubspot.extend` hands over. */
export interface HubspotHostOptions {
  readonly context: unknown
  readonly actions: {
    fetchCrmObjectProperties(properties: string[]): unknown
    onCrmPropertiesUpdate(properties: string[], callback: (properties: Record<string, string>) => void): unknown
  }
  /** How long HubSpot is waited for; 5 seconds unless told. */
  readonly patience?: Millis | undefined
}

const properties = ["email", "phone", "firstname", "lastname"]

const kinds: Readonly<Record<string, string>> = {
  "0-1": "hubspot.contact",
  "0-2": "hubspot.company",
  "0-3": "hubspot.deal",
  "0-5": "hubspot.ticket",
}

/** A HubSpot card on a CRM record or in the help desk: the record, and its mail address and phone where it has them. */
export const createHubspotHost = (options: HubspotHostOptions): SidebarHost => {
  const { context, actions, patience = hostPatience } = options
  const current = async () => {
    const seen = await answerWithin(() => actions.fetchCrmObjectProperties([...properties]), patience)
    const names = [dig(seen, "firstname"), dig(seen, "lastname")].flatMap((name) => toText(name) ?? [])
    const type = String(dig(context, "crm", "objectTypeId"))
    return toSubject(
      [
        [kindOf(type), dig(context, "crm", "objectId")],
        ["email", dig(seen, "email")],
        ["phone", dig(seen, "phone")],
      ],
      names.join(" "),
    )
  }
  return {
    current,
    onChange: createChanges({ current, start: listenOnce(actions) }),
    async agent() {
      const name = [dig(context, "user", "firstName"), dig(context, "user", "lastName")].flatMap(
        (part) => toText(part) ?? [],
      )
      return toAgent(dig(context, "user", "id"), name.join(" "))
    },
  }
}

/** Records are numbered within their type: a type without a name here keeps its own number. */
const kindOf = (type: string): string =>
  /^\d{1,3}-\d{1,18}$/.test(type) ? (kinds[type] ?? `hubspot.${type}`) : "hubspot.object"

/** HubSpot has no way to stop listening: it is asked once, and heard while anybody listens here. */
const listenOnce = (actions: HubspotHostOptions["actions"]) => {
  let listening: (() => void) | undefined
  let isAsked = false
  return (changed: () => void) => {
    listening = changed
    if (!isAsked) {
      isAsked = true
      actions.onCrmPropertiesUpdate([...properties], () => listening?.())
    }
    return () => {
      listening = undefined
    }
  }
}
