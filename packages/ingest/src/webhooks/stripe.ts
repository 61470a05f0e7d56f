import type { Identity } from "@tellonce/core"
import { customEvent } from "../custom-event.ts"
import type { ForeignEvent } from "../foreign-event.ts"
import { isObject, type JsonObject, objectIn, textIn } from "../json-object.ts"
import { parseTime } from "../parse-time.ts"
import { readPayload } from "./read-payload.ts"
import { hasSigned, verdict } from "./verify-hmac.ts"
import type { WebhookFormat } from "./webhook-format.ts"

/** Stripe's events, by `type`. The paths of the table begin at the event: `"data.object.amount"`. */
export const stripe: WebhookFormat = {
  verify({ headers, body, now }, secrets) {
    const parts = (headers.get("stripe-signature") ?? "").split(",").map((part) => part.trim().split("="))
    const time = parts.find(([name]) => name === "t")?.[1] ?? ""
    const signatures = parts.flatMap(([name, value]) => (name === "v1" && value !== undefined ? [value] : []))
    const signed = [`${time}.`, body]
    const isSigned = hasSigned({ algorithm: "sha256", encoding: "hex", secrets, signed, signatures })
    return verdict(isSigned, { at: parseTime(time, "s"), now })
  },
  read(delivery) {
    const event = readPayload(delivery)
    const object = objectIn(objectIn(event, "data"), "object")
    const [name, id] = [textIn(event, "type"), textIn(event, "id")]
    if (name === undefined || id === undefined) return []
    const email = textIn(object, "customer_email") ?? textIn(object, "receipt_email")
    return [
      {
        name,
        id,
        at: parseTime(event.created, "s"),
        ...whose(customerOf(object), email),
        authority: "record",
        channel: "payments",
        source: "stripe",
        // The object holds addresses and cards, which are no business of the context: a row picks what is.
        event: customEvent(name, pick(object, ["object", "id", "status"])),
        body: event,
      },
    ]
  },
}

/** The customer Stripe knows, and as a claim the address typed at the till; without a customer a context of that address' own. */
const whose = (customer: string | undefined, email: string | undefined): Pick<ForeignEvent, "identity" | "links"> => {
  if (customer === undefined) {
    return { identity: email === undefined ? undefined : { kind: "unproven.email", value: email } }
  }
  const identity: Identity = { kind: "stripe.customer", value: customer }
  return email === undefined
    ? { identity }
    : { identity, links: [{ to: { kind: "email", value: email }, proof: "claimed" }] }
}

const customerOf = (object: JsonObject): string | undefined => {
  if (object.object === "customer") return textIn(object, "id")
  const { customer } = object
  return isObject(customer) ? textIn(customer, "id") : textIn(object, "customer")
}

const pick = (object: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.flatMap((name) => (textIn(object, name) === undefined ? [] : [[name, object[name]]])))
