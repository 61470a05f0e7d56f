import type { Millis, SidebarHost, SidebarSubject, Unsubscribe } from "@tellonce/core"
import { dig } from "../claims/dig.ts"
import { answerWithin, hostPatience } from "./answer-within.ts"
import { createChanges } from "./create-changes.ts"
import { toAgent } from "./to-agent.ts"
import { toSubject } from "./to-subject.ts"

/** What is used of the app's own `window`. */
export interface ChatwootWindow {
  readonly parent: { postMessage(message: unknown, targetOrigin: string): void }
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void
  removeEventListener(type: "message", listener: (event: MessageEvent) => void): void
}

export interface ChatwootHostOptions {
  /** Where Chatwoot runs: `"https://app.chatwoot.com"`. Messages from anywhere else are not heard: Chatwoot itself posts to any origin. */
  readonly origin: string
  readonly window: ChatwootWindow
  /** How long Chatwoot is waited for; 5 seconds unless told. */
  readonly patience?: Millis | undefined
}

const request = "chatwoot-dashboard-app:fetch-info"

/** A Chatwoot dashboard app: the contact of the open conversation. Nothing of it is signed. */
export const createChatwootHost = (options: ChatwootHostOptions): SidebarHost => {
  const { origin, window: page, patience = hostPatience } = options
  const follow = (next: (told: unknown) => void): Unsubscribe => {
    const listener = (event: MessageEvent) => {
      if (event.origin !== origin || event.source !== page.parent) return
      const told = parseContext(event.data)
      if (told !== undefined) next(told)
    }
    page.addEventListener("message", listener)
    return () => page.removeEventListener("message", listener)
  }
  const ask = () => {
    let stop: Unsubscribe = () => {}
    const answer = new Promise((answered) => {
      stop = follow(answered)
      page.parent.postMessage(request, origin)
    })
    return answerWithin(() => answer, patience).finally(() => stop())
  }
  const current = async () => toContact(await ask())
  return {
    current,
    // The message names the contact: asking again would bring the next message, and so on.
    onChange: createChanges({ current, start: (changed) => follow((told) => changed(toContact(told))) }),
    async agent() {
      const told = await ask()
      return toAgent(dig(told, "currentAgent", "id"), dig(told, "currentAgent", "name"))
    },
  }
}

const toContact = (told: unknown): SidebarSubject | null => {
  const contact = dig(told, "contact")
  return toSubject(
    [
      ["chatwoot.contact", dig(contact, "id")],
      ["user", dig(contact, "identifier")],
      ["email", dig(contact, "email")],
      ["phone", dig(contact, "phone_number")],
    ],
    dig(contact, "name"),
  )
}

const parseContext = (message: unknown): unknown => {
  if (typeof message !== "string" || message.length > longestMessage) return undefined
  try {
    const parsed: unknown = JSON.parse(message)
    return dig(parsed, "event") === "appContext" ? dig(parsed, "data") : undefined
  } catch {
    return undefined
  }
}

/** A larger message is no context of a conversation. */
const longestMessage = 4_000_000
