import { count, defineContext, latest, recent } from "@tellonce/core"
import * as z from "zod"

/** What the measured service keeps of a customer. */
export const shop = defineContext({
  name: "shop",
  version: 1,
  fields: {
    order: latest(z.string()),
    note: latest(z.string()),
    anything: latest(z.json()),
    viewed: recent(z.string(), { keep: 5 }),
    errors: count({ window: "1h" }),
  },
})

export const keys = { publishable: "pk_for-the-promises", secret: "sk_for-the-promises-alone" }

export const headersOf = (credential: string = keys.secret) => ({
  authorization: `Bearer ${credential}`,
  "content-type": "application/json",
})

let made = 0

/** A signal of this customer with an id of its own. */
export const signalOf = (customer: string, rest: object = {}) => ({
  id: `p${process.pid}-${made++}`,
  at: Date.now(),
  identity: { kind: "user", value: customer },
  authority: "record",
  channel: "web",
  source: "promises",
  ...rest,
})
