import type { ChatHostEvent } from "@tellonce/core"
import type { Scalar } from "../widget/create-carried.ts"
import { createWidgetHost, type HostOptions, type WidgetHost } from "../widget/create-widget-host.ts"
import { hearWindow } from "../widget/hear-window.ts"

interface ChatwootPage extends Window {
  readonly $chatwoot?: {
    readonly hasLoaded?: boolean
    setConversationCustomAttributes(attributes: Readonly<Record<string, Scalar>>): void
    deleteConversationCustomAttribute(key: string): void
  }
}

interface ChatwootMessage {
  readonly id?: number | string
  readonly content?: string | null
  /** 0 from the contact, 1 from an agent, 2 a note of the system, 3 from a template. */
  readonly message_type?: number
  readonly conversation_id?: number
  readonly private?: boolean
  readonly sender?: { readonly email?: string | null; readonly name?: string | null } | null
}

/** Chatwoot's website widget. What is set before a conversation exists is lost there; `connectChat` sets it again when one starts. */
export const createChatwootHost = (options?: HostOptions): WidgetHost =>
  createWidgetHost<ChatwootPage>(
    {
      vendor: "Chatwoot",
      limits: { keys: 100, text: 1_000, toKey: (name) => name.replace(/[^\w-]/g, "_") },
      pace: 1_000,
      // Its events come by the window, which is there before it is.
      find: (page: ChatwootPage) => page,
      isReady: (page) => page.$chatwoot?.hasLoaded === true,
      listen: (page, emit) =>
        hearWindow(page, {
          "chatwoot:opened": () => emit({ type: "opened" }),
          "chatwoot:closed": () => emit({ type: "closed" }),
          "chatwoot:on-start-conversation": () => emit({ type: "conversation.started" }),
          "chatwoot:on-message": (detail) => {
            for (const event of toEvents((detail ?? {}) as ChatwootMessage)) emit(event)
          },
        }),
      put: ({ $chatwoot }, changed) => {
        const set = Object.entries(changed).filter((attribute): attribute is [string, Scalar] => attribute[1] !== null)
        // It throws for an empty object.
        if (set.length > 0) $chatwoot?.setConversationCustomAttributes(Object.fromEntries(set))
        for (const [key, value] of Object.entries(changed)) {
          if (value === null) $chatwoot?.deleteConversationCustomAttribute(key)
        }
      },
    },
    options,
  )

/** The address a contact typed before the chat comes along with their messages. */
const toEvents = (message: ChatwootMessage): readonly ChatHostEvent[] => {
  const { id, content, message_type: kind, conversation_id: conversation, sender } = message
  if (message.private || kind === undefined || kind === 2) return []
  const said: ChatHostEvent = {
    type: kind === 0 ? "message.sent" : "message.received",
    text: content ?? undefined,
    messageId: id === undefined ? undefined : String(id),
    conversationId: conversation === undefined ? undefined : String(conversation),
  }
  if (kind !== 0 || !sender?.email) return [said]
  return [{ type: "identity.claimed", email: sender.email, name: sender.name ?? undefined }, said]
}
