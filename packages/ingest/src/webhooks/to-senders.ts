import { type Fields, TellonceError } from "@tellonce/core"
import { chatwoot } from "../chat-webhooks/chatwoot.ts"
import { intercom } from "../chat-webhooks/intercom.ts"
import { twilio } from "../chat-webhooks/twilio.ts"
import { zendesk } from "../chat-webhooks/zendesk.ts"
import type { Sources } from "../sources.ts"
import type { WebhookSender } from "./create-webhooks.ts"
import { shopify } from "./shopify.ts"
import { standardWebhooks } from "./standard-webhooks.ts"
import { stripe } from "./stripe.ts"
import type { WebhookFormat, WebhookSource } from "./webhook-format.ts"

/** A source whose messages are no longer known by type. */
type AnySource = Pick<WebhookSource<Fields, never>, "secret" | "identity"> & Pick<WebhookSender, "table">

const formats = { stripe, shopify, chatwoot, intercom, zendesk, twilio }
const sourceNames: ReadonlySet<string> = new Set([
  ...Object.keys(formats),
  ...(["segment", "cloudEvents", "standardWebhooks"] satisfies (keyof Sources<Fields>)[]),
])

/** Every sender of webhooks by its name in the path. Throws `config/…` for a source there is not, a name that cannot stand there, and an empty secret. */
export const toSenders = <F extends Fields>(sources: Sources<F>): ReadonlyMap<string, WebhookSender> => {
  for (const name of Object.keys(sources)) if (!sourceNames.has(name)) throw unknownSource(name)
  const senders = new Map<string, WebhookSender>()
  for (const [name, format] of Object.entries(formats)) {
    const source = sources[name as keyof typeof formats]
    if (source) senders.set(name, toSender(name, format, source))
  }
  for (const [name, source] of Object.entries(sources.standardWebhooks ?? {})) {
    if (!/^[a-z0-9][a-z0-9-]{0,47}$/.test(name) || Object.hasOwn(formats, name)) {
      throw new TellonceError(
        "config/webhook_name",
        `"${name}" cannot name a webhook. Use small letters, digits and "-", and none of the names of the known senders.`,
      )
    }
    senders.set(name, toSender(name, standardWebhooks(name), source))
  }
  return senders
}

const toSender = (name: string, format: WebhookFormat, { secret, table, identity }: AnySource): WebhookSender => {
  const secrets = [secret].flat()
  const { isSecret = () => true } = format
  // One that the environment left out is no text.
  const isGiven = (each: unknown) => typeof each === "string" && each.length >= 8 && isSecret(each)
  if (secrets.length > 0 && secrets.every(isGiven)) return { format, secrets, table, identity }
  throw new TellonceError(
    "config/webhook_secret",
    `The secret of the webhook "${name}" is missing, too short, or none such a sender signs with. Give the one the sender shows.`,
  )
}

const unknownSource = (name: string) =>
  new TellonceError("config/source", `Ingest has no source "${name}". Correct the spelling, or leave it out.`)
