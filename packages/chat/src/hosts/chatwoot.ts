import type { ChatHostEvent } from "@tellonce/core"
import type { Scalar } from "../widget/create-carried.ts"
import type { Emit } from "../widget/create-listeners.ts"
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

/**
 * Chatwoot's website widget. What is set before a conversation exists is lost there; `connectChat` sets it again when one starts. A
 * conversation starts with its first message: the event of that name tells only that a button was pressed.
 */
export const createChatwootHost = (options?: HostOptions): WidgetHost =>
  createWidgetHost<ChatwootPage>(
    {
      vendor: "Chatwoot",
      limits: { keys: 100, text: 1_000, toKey: (name) => name.replace(/[^\w-]/g, "_") },
      pace: 1_000,
      replaces: true,
      // Its events come by the window, which is there before it is.
      find: (page: ChatwootPage) => page,
      isReady: (page) => page.$chatwoot?.hasLoaded === true,
      listen: (page, emit) =>
        hearWindow(page, {
          "chatwoot:opened": () => emit({ type: "opened" }),
          "chatwoot:closed": () => emit({ type: "closed" }),
          "chatwoot:on-message": hearMessages(emit),
        }),
      put: ({ $chatwoot }, changed) => {
        const set = Object.entries(changed).filter((attribute): attribute is [string, Scalar] => attribute[1] !== null)
        if (set.length > 0) return $chatwoot?.setConversationCustomAttributes(Object.fromEntries(set))
        // It throws for an empty object.
        for (const key of Object.keys(changed)) $chatwoot?.deleteConversationCustomAttribute(key)
      },
    },
    options,
  )

const hearMessages = (emit: Emit): ((detail: unknown) => void) => {
  let current: number | undefined
  return (detail) => {
    const message = (detail ?? {}) as ChatwootMessage
    const events = toEvents(message)
    const { conversation_id: conversation } = message
    if (events.length > 0 && conversation !== current) {
      current = conversation
      emit({ type: "conversation.started", conversationId: toId(conversation) })
    }
    for (const event of events) emit(event)
  }
}

/** The address a contact typed before the chat comes along with their messages. */
const toEvents = (message: ChatwootMessage): readonly ChatHostEvent[] => {
  const { id, content, message_type: kind, conversation_id: conversation, sender } = message
  if (message.private || kind === undefined || kind === 2) return []
  const said: ChatHostEvent = {
    type: kind === 0 ? "message.sent" : "message.received",
    text: content ?? undefined,
    messageId: toId(id),
    conversationId: toId(conversation),
  }
  if (kind !== 0 || !sender?.email) return [said]
  return [{ type: "identity.claimed", email: sender.email, name: sender.name ?? undefined }, said]
}

const toId = (id: number | string | undefined): string | undefined => (id === undefined ? undefined : String(id))
