import type { ChatHost, ChatHostEvent } from "@tellonce/core"
import { createTurnAttributes, type TurnAttributes } from "../widget/create-turn-attributes.ts"

/** The `<deep-chat>` element of deep-chat 2, as far as it is used here. */
export interface DeepChatElement extends HTMLElement {
  requestInterceptor?: ((request: DeepChatRequest) => MaybePromise<DeepChatRequest | { error: string }>) | undefined
}

export interface DeepChatRequest {
  // biome-ignore lint/suspicious/noExplicitAny: deep-chat's own declaration; `unknown` would refuse the app's interceptors.
  body: any
  headers?: Record<string, string>
}

type MaybePromise<T> = T | Promise<T>

/**
 * Attributes travel to the app's AI service in `body.context` of every request; the app's own interceptor runs after and has the
 * last word. Create it with the page: deep-chat redraws itself, and forgets what it shows, when a property of it is set. Messages
 * are heard through its `message` event and not through `onMessage` for that reason, which leaves that to the app.
 */
export const createDeepChatHost = (element: DeepChatElement | null | undefined): ChatHost => {
  const attributes = createTurnAttributes()
  const registry = element?.ownerDocument.defaultView?.customElements
  const ready =
    element && registry
      ? registry.whenDefined(element.localName).then(() => {
          // What is set on an element that is not upgraded yet is lost when it is.
          registry.upgrade(element)
          interceptRequests(element, attributes)
        })
      : new Promise<void>(() => {})
  return {
    ready: () => ready,
    subscribe: (emit) => {
      const hear = (event: Event) => {
        const heard = toChatHostEvent((event as CustomEvent<unknown>).detail)
        if (heard) emit(heard)
      }
      element?.addEventListener("message", hear)
      return () => element?.removeEventListener("message", hear)
    },
    setAttributes: attributes.set,
  }
}

const interceptRequests = (element: DeepChatElement, attributes: TurnAttributes) => {
  const own = element.requestInterceptor
  element.requestInterceptor = (request) => {
    const context = attributes.ofTurn()
    const told = context ? { ...request, body: withContext(request.body, context) } : request
    return own ? own(told) : told
  }
}

/** Requests that carry files are forms, and hold text alone. */
const withContext = (body: unknown, context: object): unknown => {
  if (typeof FormData !== "undefined" && body instanceof FormData) {
    body.set("context", JSON.stringify(context))
    return body
  }
  return typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body, context } : body
}

/** What is replayed when the widget draws itself was said before and is not said again. */
const toChatHostEvent = (detail: unknown): ChatHostEvent | undefined => {
  const { message, isHistory, isInitial } = (detail ?? {}) as Partial<MessageDetail>
  if (!message || isHistory || isInitial) return undefined
  return { type: message.role === "user" ? "message.sent" : "message.received", text: message.text }
}

interface MessageDetail {
  readonly message: { readonly role?: string; readonly text?: string }
  readonly isHistory: boolean
  readonly isInitial: boolean
}
