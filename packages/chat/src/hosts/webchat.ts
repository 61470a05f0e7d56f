import type { ChatHost, ChatHostEvent } from "@tellonce/core"
import { createListeners } from "../widget/create-listeners.ts"
import { createTurnAttributes } from "../widget/create-turn-attributes.ts"
import type { HostOptions } from "../widget/create-widget-host.ts"
import { readyIf } from "../widget/ready-if.ts"

export interface WebChatHost extends ChatHost {
  /** For Web Chat's own `createStore({}, host.middleware)`. */
  readonly middleware: WebChatMiddleware
}

/** A Redux middleware, as Web Chat takes it. */
// biome-ignore lint/suspicious/noExplicitAny: Web Chat's own declaration of a dispatch.
export type WebChatMiddleware = (store: { dispatch: any }) => (next: any) => (action: any) => any

interface WebChatAction {
  readonly type: string
  readonly payload?: { readonly activity?: Activity }
}

interface Activity {
  readonly id?: string
  readonly type?: string
  readonly text?: string
  readonly from?: { readonly role?: string }
  readonly conversation?: { readonly id?: string }
  readonly channelData?: object
}

/** Bot Framework's Web Chat. Attributes travel to the bot in `channelData.context` of every activity; the app's own middleware stays. */
export const createWebChatHost = (options: HostOptions = {}): WebChatHost => {
  const { page = globalThis.window, onError = (error) => console.error(error) } = options
  const listeners = createListeners(onError)
  const attributes = createTurnAttributes()
  const hear = ({ type, payload }: WebChatAction) => {
    if (type === "DIRECT_LINE/CONNECT_FULFILLED") listeners.emit({ type: "conversation.started" })
    const event = toChatHostEvent(type, payload?.activity)
    if (event) listeners.emit(event)
  }
  return {
    // Before it connects: an event that the app sends as it does, such as `webchat/join`, carries what is known.
    ready: () => readyIf(page),
    subscribe: listeners.add,
    setAttributes: attributes.set,
    middleware: () => (next) => (action) => {
      // Before it leaves, so that it carries what the message states.
      hear(action)
      return next(withContext(action, attributes.ofTurn()))
    },
  }
}

const withContext = (action: WebChatAction, context: object | undefined): WebChatAction => {
  const activity = action.payload?.activity
  if (action.type !== "DIRECT_LINE/POST_ACTIVITY" || !activity || !context) return action
  const channelData = { context, ...activity.channelData }
  return { ...action, payload: { ...action.payload, activity: { ...activity, channelData } } }
}

/** What the customer sends is heard as it leaves: its echo, and the replay after a reconnection, would be the same once more. */
const toChatHostEvent = (type: string, activity: Activity | undefined): ChatHostEvent | undefined => {
  if (activity?.type !== "message") return undefined
  if (type === "DIRECT_LINE/POST_ACTIVITY") return { type: "message.sent", text: activity.text }
  if (type !== "DIRECT_LINE/INCOMING_ACTIVITY" || activity.from?.role === "user") return undefined
  return {
    type: "message.received",
    text: activity.text,
    messageId: activity.id,
    conversationId: activity.conversation?.id,
  }
}
