import type { Emit } from "../widget/create-listeners.ts"
import { createPreChatHost, type PreChatHost, type Visitor } from "../widget/create-pre-chat-host.ts"
import type { HostOptions } from "../widget/create-widget-host.ts"

type Handler = (told: never) => void

interface LiveChatPage extends Window {
  readonly LiveChatWidget?: {
    on(event: string, handler: Handler): void
    off(event: string, handler: Handler): void
    call(command: string, ...args: readonly unknown[]): void
    get(what: string): unknown
  }
}

type LiveChatWidget = NonNullable<LiveChatPage["LiveChatWidget"]>

/** LiveChat. It tells that there was a message, not its words: those come by its webhooks. It keeps texts alone. */
export const createLiveChatHost = (options?: HostOptions): PreChatHost =>
  createPreChatHost<LiveChatWidget>(
    {
      vendor: "LiveChat",
      limits: { keys: 99, text: 1_000, toKey: (name) => name, textOnly: true },
      pace: 1_000,
      find: (page: LiveChatPage) => page.LiveChatWidget,
      listen: (widget, emit) => {
        const handlers = Object.entries(toHandlers(widget, emit))
        for (const [event, handler] of handlers) widget.on(event, handler)
        return () => {
          for (const [event, handler] of handlers) widget.off(event, handler)
        }
      },
      put: (widget, changed) =>
        widget.call(
          "update_session_variables",
          Object.fromEntries(Object.entries(changed).map(([key, value]) => [key, String(value ?? "")])),
        ),
      filled: (widget, name) => customerOf(widget)[name],
      // It takes no empty text.
      fill: (widget, name, text) => widget.call(`set_customer_${name}`, text ?? " "),
    },
    options,
  )

const customerOf = (widget: LiveChatWidget) => (widget.get("customer_data") ?? {}) as Visitor

const toHandlers = (widget: LiveChatWidget, emit: Emit): Readonly<Record<string, Handler>> => {
  let chatting = false
  const conversationId = () => (widget.get("chat_data") as { readonly chatId?: string } | undefined)?.chatId
  return {
    visibility_changed: ({ visibility }: { readonly visibility: string }) =>
      emit({ type: visibility === "maximized" ? "opened" : "closed" }),
    customer_status_changed: ({ status }: { readonly status: string }) => {
      if ((status === "chatting") === chatting) return
      chatting = status === "chatting"
      emit({ type: chatting ? "conversation.started" : "conversation.ended", conversationId: conversationId() })
    },
    new_event: ({ type, author }: { readonly type: string; readonly author: { readonly type: string } }) => {
      if (type !== "message") return
      emit({
        type: author.type === "customer" ? "message.sent" : "message.received",
        conversationId: conversationId(),
      })
    },
    form_submitted: () => {
      const { email, name } = customerOf(widget)
      if (email?.trim()) emit({ type: "identity.claimed", email, name: name?.trim() || undefined })
    },
  }
}
