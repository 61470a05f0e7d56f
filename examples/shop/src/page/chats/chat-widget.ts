import type { ContextClient } from "@tellonce/client"
import type { ShopFields } from "../../shop-context.ts"

export interface ChatParts {
  readonly place: HTMLElement
  readonly client: ContextClient<ShopFields>
  /** The bot's answer to what was said last. */
  readonly answer: () => Promise<string>
}

/** A chat in the page, as far as the page moves it. */
export interface ChatWidget {
  /** As the customer, as if they had typed it. */
  send(text: string): void
  /** As the bot, of its own accord. */
  say(text: string): void
}

/** Puts a vendor's chat into the page and connects it with the context. */
export type MountChat = (parts: ChatParts) => ChatWidget
