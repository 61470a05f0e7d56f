import type { ChatHostEvent } from "@tellonce/core"
import { createWidgetHost, type HostOptions, type Widget, type WidgetHost } from "./create-widget-host.ts"

/** What a vendor's form before the chat asks for. */
export interface Visitor {
  readonly email?: string | undefined
  readonly name?: string | undefined
}

export interface PreChatHost extends WidgetHost {
  /** Fills the vendor's own form before the chat, as if the customer had typed it: they are nobody else by it. */
  prefill(visitor: Visitor): void
}

/** A host of a widget whose form before the chat can be filled. What is filled here comes back from the widget, and is no claim. */
export const createPreChatHost = <Api>(
  widget: Widget<Api> & { prefill(api: Api, visitor: Visitor): void },
  options: HostOptions = {},
): PreChatHost => {
  const { page = globalThis.window, onError = (error) => console.error(error) } = options
  const host = createWidgetHost(widget, options)
  const filled = new Set<string>()
  const isOwn = (event: ChatHostEvent) => event.type === "identity.claimed" && filled.has(event.email ?? "")
  const fill = (visitor: Visitor) => {
    const api = widget.find(page)
    if (api !== undefined) widget.prefill(api, visitor)
  }
  return {
    ...host,
    subscribe: (emit) =>
      host.subscribe((event) => {
        if (!isOwn(event)) emit(event)
      }),
    prefill: (visitor) => {
      if (visitor.email) filled.add(visitor.email)
      host
        .ready()
        .then(() => fill(visitor))
        .catch(onError)
    },
  }
}
