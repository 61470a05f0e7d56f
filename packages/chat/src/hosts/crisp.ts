import type { ChatHostEvent } from "@tellonce/core"
import { createPreChatHost, type PreChatHost } from "../widget/create-pre-chat-host.ts"
import type { HostOptions } from "../widget/create-widget-host.ts"
import { toSnakeCase } from "../widget/to-snake-case.ts"

interface CrispPage extends Window {
  readonly $crisp?: { push(command: readonly unknown[]): unknown; get?(what: string): unknown }
}

interface CrispMessage {
  readonly type?: string
  readonly content?: unknown
  readonly fingerprint?: number | string
}

const visitorKeys = { email: "user:email", name: "user:nickname" } as const

/** Crisp. Its `off` removes everybody's handlers of an event, the app's own with them: so it is never used here, and ours fall silent instead. */
export const createCrispHost = (options?: HostOptions): PreChatHost =>
  createPreChatHost<CrispPage>(
    {
      vendor: "Crisp",
      limits: { keys: 100, text: 1_000, toKey: toSnakeCase },
      pace: 1_000,
      // A queue before its script has come, and replaced by it: so it is read anew for each command.
      find: (page: CrispPage) => (page.$crisp ? page : undefined),
      listen: (page, emit) => {
        const on = (event: string, hear: (told: unknown) => void) => page.$crisp?.push(["on", event, hear])
        on("chat:opened", () => emit({ type: "opened" }))
        on("chat:closed", () => emit({ type: "closed" }))
        on("chat:initiated", () => emit({ type: "conversation.started" }))
        on("message:sent", (message) => emit(toMessage("message.sent", message)))
        on("message:received", (message) => emit(toMessage("message.received", message)))
        on("user:email:changed", (email) => {
          if (typeof email === "string" && email !== "") emit({ type: "identity.claimed", email })
        })
        return undefined
      },
      // An empty text removes.
      put: (page, changed) => {
        const pairs = Object.entries(changed).map(([key, value]) => [key, value ?? ""])
        page.$crisp?.push(["set", "session:data", [pairs]])
      },
      filled: (page, name) => page.$crisp?.get?.(visitorKeys[name]),
      fill: (page, name, text) => page.$crisp?.push(["set", visitorKeys[name], [text ?? null]]),
    },
    options,
  )

/** A picture or a file has no words. */
const toMessage = (type: "message.sent" | "message.received", told: unknown): ChatHostEvent => {
  const { type: kind, content, fingerprint } = (told ?? {}) as CrispMessage
  return {
    type,
    text: kind === "text" && typeof content === "string" ? content : undefined,
    messageId: fingerprint === undefined ? undefined : String(fingerprint),
  }
}
