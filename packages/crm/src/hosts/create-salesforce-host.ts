import type { Millis, SidebarHost } from "@tellonce/core"
import { dig } from "../claims/dig.ts"
import { answerWithin, hostPatience } from "./answer-within.ts"
import { createChanges } from "./create-changes.ts"
import { toAgent } from "./to-agent.ts"
import { toSubject } from "./to-subject.ts"

/** What is used of `Sfdc.canvas.client`. */
export interface SalesforceCanvas {
  ctx(callback: (answer: unknown) => void, client: unknown): void
  subscribe(client: unknown, subscription: { readonly name: string; readonly onData: (data: unknown) => void }): void
  unsubscribe(client: unknown, name: string): void
}

export interface SalesforceHostOptions {
  readonly canvas: SalesforceCanvas
  /** The `client` of the signed request, which your server has verified. */
  readonly client: unknown
  /** The canvas event with which your page tells that another record is shown, `"acme.record"`. Without it Salesforce loads the app anew for each record. */
  readonly recordEvent?: string | undefined
  /** How long Salesforce is waited for; 5 seconds unless told. */
  readonly patience?: Millis | undefined
}

/** A Salesforce Canvas app on a record page: the record, and the mail address where the page passes it as the parameter `email`. */
export const createSalesforceHost = (options: SalesforceHostOptions): SidebarHost => {
  const { canvas, client, recordEvent: name, patience = hostPatience } = options
  const read = async () => {
    const answer = await answerWithin(() => new Promise((answered) => canvas.ctx(answered, client)), patience)
    return dig(answer, "payload")
  }
  const current = async () => {
    const environment = dig(await read(), "environment")
    const type = String(dig(environment, "record", "attributes", "type") ?? "")
    return toSubject(
      [
        [
          /^[A-Za-z]{1,20}$/.test(type) ? `salesforce.${type.toLowerCase()}` : "salesforce.record",
          dig(environment, "record", "Id"),
        ],
        ["email", dig(environment, "parameters", "email")],
      ],
      dig(environment, "record", "Name"),
    )
  }
  return {
    current,
    onChange: createChanges({
      current,
      start(changed) {
        if (name === undefined) return () => {}
        canvas.subscribe(client, { name, onData: () => changed() })
        return () => canvas.unsubscribe(client, name)
      },
    }),
    async agent() {
      const user = dig(await read(), "user")
      return toAgent(dig(user, "userId"), dig(user, "fullName"))
    },
  }
}
