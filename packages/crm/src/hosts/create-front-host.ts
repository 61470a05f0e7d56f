import type { Millis, SidebarHost, SidebarSubject, Unsubscribe } from "@tellonce/core"
import { dig } from "../claims/dig.ts"
import { answerWithin, hostPatience } from "./answer-within.ts"
import { createChanges } from "./create-changes.ts"
import { toAgent } from "./to-agent.ts"
import { toSubject } from "./to-subject.ts"

/** What is used of `@frontapp/plugin-sdk`: an observable that begins with the newest context. */
export interface FrontContexts {
  subscribe(next: (context: unknown) => void): { unsubscribe(): void }
}

export interface FrontHostOptions {
  /** `Front.contextUpdates` of `@frontapp/plugin-sdk`. */
  readonly contextUpdates: FrontContexts
  /** How long Front is waited for; 5 seconds unless told. */
  readonly patience?: Millis | undefined
}

/** A Front sidebar plugin: the recipient of the one conversation that is selected. */
export const createFrontHost = ({ contextUpdates, patience = hostPatience }: FrontHostOptions): SidebarHost => {
  const newest = () => answerWithin(() => firstOf(contextUpdates, patience), patience)
  const current = async () => toRecipient(await newest())
  return {
    current,
    onChange: createChanges({
      current,
      start: (changed) => follow(contextUpdates, (context) => changed(toRecipient(context))),
    }),
    async agent() {
      const context = await newest()
      return toAgent(dig(context, "teammate", "id"), dig(context, "teammate", "name"))
    },
  }
}

const toRecipient = (context: unknown): SidebarSubject | null => {
  if (dig(context, "type") !== "singleConversation") return null
  const recipient = dig(context, "conversation", "recipient")
  const handle = dig(recipient, "handle")
  return toSubject(
    [
      ["front.contact", dig(recipient, "contact", "id")],
      [kindOf(handle), handle],
    ],
    dig(recipient, "name"),
  )
}

const follow = (contexts: FrontContexts, next: (context: unknown) => void): Unsubscribe => {
  const subscription = contexts.subscribe(next)
  return () => subscription.unsubscribe()
}

const firstOf = (contexts: FrontContexts, patience: Millis): Promise<unknown> =>
  new Promise((found) => {
    let stop: Unsubscribe | undefined
    let isOver = false
    const end = (context?: unknown) => {
      isOver = true
      clearTimeout(timer)
      stop?.()
      found(context)
    }
    const timer = setTimeout(end, patience)
    stop = follow(contexts, end)
    // The newest context comes while it is being subscribed to.
    if (isOver) stop()
  })

const kindOf = (handle: unknown): string => {
  const text = String(handle)
  if (text.includes("@")) return "email"
  return /^\+?[\d ().-]{6,}$/.test(text) ? "phone" : "handle"
}
