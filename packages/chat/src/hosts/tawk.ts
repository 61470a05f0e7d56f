import { TellonceError } from "@tellonce/core"
import type { Emit } from "../widget/create-listeners.ts"
import { createWidgetHost, type HostOptions, type WidgetHost } from "../widget/create-widget-host.ts"
import { hearWindow } from "../widget/hear-window.ts"
import { toSnakeCase } from "../widget/to-snake-case.ts"

interface TawkPage extends Window {
  readonly Tawk_API?: {
    setAttributes?(attributes: Readonly<Record<string, string>>, done: (error?: unknown) => void): void
  }
}

/** Tawk refuses an empty value and has no removal: this is what a removed one holds. */
const removed = "-"

/** Tawk.to. It is heard by the window's events, so that the callbacks of `Tawk_API`, of which there is one each, stay the app's own. */
export const createTawkHost = (options?: HostOptions): WidgetHost =>
  createWidgetHost<TawkPage>(
    {
      vendor: "Tawk",
      limits: { keys: 50, text: 255, toKey, textOnly: true },
      pace: 1_000,
      find: (page) => page,
      isReady: (page) => typeof page.Tawk_API?.setAttributes === "function",
      listen: (page, emit) => hearWindow(page, toHearing(emit)),
      put: (page, changed, fail) =>
        page.Tawk_API?.setAttributes?.(
          Object.fromEntries(Object.entries(changed).map(([key, value]) => [key, String(value ?? "") || removed])),
          (error) => {
            if (error) fail(refused(error))
          },
        ),
    },
    options,
  )

const toHearing = (emit: Emit): Readonly<Record<string, (detail: unknown) => void>> => ({
  tawkChatMaximized: () => emit({ type: "opened" }),
  tawkChatMinimized: () => emit({ type: "closed" }),
  tawkChatStarted: () => emit({ type: "conversation.started" }),
  tawkChatEnded: () => emit({ type: "conversation.ended" }),
  tawkChatMessageVisitor: (text) => emit({ type: "message.sent", text: toText(text) }),
  tawkChatMessageAgent: (text) => emit({ type: "message.received", text: toText(text) }),
  tawkPrechatSubmit: (form) => claim(form, emit),
  tawkOfflineSubmit: (form) => {
    claim(form, emit)
    const { message } = (form ?? {}) as { readonly message?: unknown }
    if (typeof message === "string") emit({ type: "message.sent", text: message })
  },
})

const toText = (told: unknown): string | undefined => (typeof told === "string" ? told : undefined)

/** A pre-chat form has the questions its owner wrote: a list of labels and values, or an object. */
const claim = (form: unknown, emit: Emit): void => {
  const answers = Array.isArray(form) ? form.map(toPair) : Object.entries((form ?? {}) as object)
  const answerTo = (label: RegExp) => answers.find(([name, said]) => label.test(name) && typeof said === "string")?.[1]
  const email = answerTo(/e-?mail/i)
  if (email) emit({ type: "identity.claimed", email, name: answerTo(/name/i) })
}

const toPair = (answer: { readonly label?: string; readonly value?: unknown } | null): readonly [string, unknown] => [
  answer?.label ?? "",
  answer?.value,
]

/** `email`, `name`, `hash` and the like would say who the visitor is. */
const toKey = (name: string): string => {
  const key = toSnakeCase(name).replaceAll("_", "-")
  return ["email", "hash", "name", "phone", "user-id", "userid"].includes(key) ? `context-${key}` : key
}

const refused = (cause: unknown): TellonceError =>
  new TellonceError(
    "chat/attributes_refused",
    `Tawk has not taken the attributes (${cause instanceof Error ? cause.name : String(cause).slice(0, 60)}). They are sent again with the next change, and when a conversation starts.`,
    { cause },
  )
