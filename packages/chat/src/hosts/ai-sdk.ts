import type { ChatHost } from "@tellonce/core"
import { createListeners, type Emit } from "../widget/create-listeners.ts"
import { createTurnAttributes } from "../widget/create-turn-attributes.ts"
import type { HostOptions } from "../widget/create-widget-host.ts"
import { readyIf } from "../widget/ready-if.ts"

/** A chat transport of AI SDK 5, as far as it is used here. */
export interface AiSdkTransport {
  // biome-ignore lint/suspicious/noExplicitAny: the SDK's own declaration, generic in the app's messages.
  sendMessages(options: any): Promise<ReadableStream<any>>
}

export interface AiSdkHost<Transport extends AiSdkTransport> extends ChatHost {
  /** The app's own transport with ears: give it to `useChat({ transport })`. */
  readonly transport: Transport
}

export interface AiSdkOptions<Transport> extends HostOptions {
  readonly transport: Transport
}

interface Sending {
  readonly trigger: string
  readonly chatId: string
  readonly messages: readonly UiMessage[]
  readonly body?: object
  readonly abortSignal?: AbortSignal
}

interface UiMessage {
  readonly id: string
  readonly role: string
  readonly parts: readonly { readonly type: string; readonly text?: string }[]
}

interface Chunk {
  readonly type: string
  readonly messageId?: string
  readonly delta?: string
}

/** `useChat` of the AI SDK, in any of its frameworks. Attributes travel in `body.context` of every request; a body the app gives has the last word. */
export const createAiSdkHost = <Transport extends AiSdkTransport>(
  options: AiSdkOptions<Transport>,
): AiSdkHost<Transport> => {
  const { transport, page = globalThis.window, onError = (error) => console.error(error) } = options
  const listeners = createListeners(onError)
  const attributes = createTurnAttributes()
  const started = new Set<string>()
  const said = new Map<string, string>()
  const sendMessages = async (sending: Sending) => {
    if (!started.has(sending.chatId)) listeners.emit({ type: "conversation.started", conversationId: sending.chatId })
    started.add(sending.chatId)
    // Before the request leaves, so that it carries what the message states.
    hearSent(sending, said, listeners.emit)
    const context = attributes.ofTurn()
    const body = context ? { context, ...sending.body } : sending.body
    const answer = await transport.sendMessages({ ...sending, body })
    return answer.pipeThrough(hearAnswer(sending, listeners.emit))
  }
  return {
    ready: () => readyIf(page),
    subscribe: listeners.add,
    setAttributes: attributes.set,
    transport: new Proxy(transport, {
      get: (own, member) => {
        if (member === "sendMessages") return sendMessages
        const value: unknown = Reflect.get(own, member, own)
        return typeof value === "function" ? value.bind(own) : value
      },
    }),
  }
}

/** An answer asked for once more brings no new message of the customer; a message they edit does, though it keeps its id. */
const hearSent = ({ trigger, chatId, messages }: Sending, said: Map<string, string>, emit: Emit): void => {
  const message = messages.at(-1)
  if (trigger !== "submit-message" || message?.role !== "user") return
  const text = message.parts.flatMap((part) => (part.type === "text" ? [part.text ?? ""] : [])).join("\n")
  const isEdited = (said.get(message.id) ?? text) !== text
  said.set(message.id, text)
  emit({ type: "message.sent", text, messageId: isEdited ? undefined : message.id, conversationId: chatId })
}

/** Told when it is complete, or as far as the customer saw it before they stopped it. */
const hearAnswer = ({ chatId, abortSignal }: Sending, emit: Emit): TransformStream<Chunk, Chunk> => {
  let text = ""
  let messageId: string | undefined
  const tell = () => {
    if (text !== "") emit({ type: "message.received", text, messageId, conversationId: chatId })
    text = ""
  }
  abortSignal?.addEventListener("abort", tell, { once: true })
  return new TransformStream({
    transform: (chunk, answer) => {
      if (chunk.type === "start") messageId = chunk.messageId
      if (chunk.type === "text-delta") text += chunk.delta ?? ""
      answer.enqueue(chunk)
    },
    flush: tell,
  })
}
