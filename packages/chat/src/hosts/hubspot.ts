import { TellonceError } from "@tellonce/core"
import type { Emit } from "../widget/create-listeners.ts"
import { createWidgetHost, type HostOptions, type WidgetHost } from "../widget/create-widget-host.ts"

export interface HubSpotOptions extends HostOptions {
  /** The contact property for each attribute, by its internal name. It must exist in HubSpot. Others are not sent. */
  readonly properties: Readonly<Record<string, string>>
}

interface HubSpotPage extends Window {
  readonly HubSpotConversations?: {
    on(event: string, handler: (told: ConversationEvent) => void): void
    off(event: string, handler: (told: ConversationEvent) => void): void
  }
  _hsq?: { push(command: readonly unknown[]): unknown }
}

interface ConversationEvent {
  readonly conversation?: { readonly conversationId?: number | string }
}

/** HubSpot's chat. It tells no words: those come by its webhooks. Properties travel with the next page view, as HubSpot has it. */
export const createHubSpotHost = ({ properties, ...options }: HubSpotOptions): WidgetHost => {
  refuseIdentity(properties)
  return createWidgetHost<HubSpotPage>(
    {
      vendor: "HubSpot",
      limits: {
        keys: 100,
        text: 1_000,
        toKey: (name) => (Object.hasOwn(properties, name) ? properties[name] : undefined),
      },
      pace: 1_000,
      find: (page: HubSpotPage) => (page.HubSpotConversations ? page : undefined),
      listen: ({ HubSpotConversations }, emit) => {
        const handlers = Object.entries(toHandlers(emit))
        for (const [event, handler] of handlers) HubSpotConversations?.on(event, handler)
        return () => {
          for (const [event, handler] of handlers) HubSpotConversations?.off(event, handler)
        }
      },
      put: (page, changed) => {
        // The tracking code takes over the array it finds.
        page._hsq ??= []
        const set = Object.entries(changed).map(([property, value]) => [property, value ?? ""])
        page._hsq.push(["identify", Object.fromEntries(set)])
      },
    },
    options,
  )
}

const toHandlers = (emit: Emit): Readonly<Record<string, (told: ConversationEvent) => void>> => ({
  userInteractedWithWidget: () => emit({ type: "opened" }),
  widgetClosed: () => emit({ type: "closed" }),
  conversationStarted: (told) => emit({ type: "conversation.started", conversationId: toId(told) }),
  conversationClosed: (told) => emit({ type: "conversation.ended", conversationId: toId(told) }),
  // It does not say which address.
  contactAssociated: () => emit({ type: "identity.claimed" }),
})

const toId = ({ conversation }: ConversationEvent): string | undefined =>
  conversation?.conversationId === undefined ? undefined : String(conversation.conversationId)

/** In `identify`, these two say whose contact it is. */
const refuseIdentity = (properties: Readonly<Record<string, string>>): void => {
  const named = Object.values(properties).find((property) => ["email", "id"].includes(property.toLowerCase()))
  if (named === undefined) return
  throw new TellonceError(
    "chat/identity_as_attribute",
    `The property "${named}" tells HubSpot who the visitor is. Map the attribute to a property of its own.`,
  )
}
