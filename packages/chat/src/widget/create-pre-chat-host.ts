import type { ChatHostEvent } from "@tellonce/core"
import { createWidgetHost, type HostOptions, type Widget, type WidgetHost } from "./create-widget-host.ts"

/** What a vendor's form before the chat asks for. */
export interface Visitor {
  readonly email?: string | undefined
  readonly name?: string | undefined
}

const visitorNames = ["email", "name"] as const satisfies readonly (keyof Visitor)[]

export interface PreChatHost extends WidgetHost {
  /**
   * Fills the vendor's own form before the chat, as if the customer had typed it: they are nobody else by it. What was filled in
   * before and is not given now is emptied, unless the customer has typed something else there.
   */
  prefill(visitor: Visitor): void
}

/** A widget whose form before the chat can be filled. */
export interface PreChatWidget<Api> extends Widget<Api> {
  /** What stands in the form. It may throw, or know nothing, while the vendor's script has not come. */
  filled(api: Api, name: keyof Visitor): unknown
  /** Undefined empties. */
  fill(api: Api, name: keyof Visitor, text: string | undefined): void
}

/** A host of such a widget. What is filled here comes back from the widget, and is no claim. */
export const createPreChatHost = <Api>(widget: PreChatWidget<Api>, options: HostOptions = {}): PreChatHost => {
  const { page = globalThis.window, onError = (error) => console.error(error) } = options
  const host = createWidgetHost(widget, options)
  const own = new Set<string>()
  let wanted: Visitor | undefined
  let shown: Visitor = {}
  const isOwn = (event: ChatHostEvent) => event.type === "identity.claimed" && own.has(event.email ?? "")
  const fill = () => {
    const api = widget.find(page)
    if (api === undefined || wanted === undefined) return
    for (const name of visitorNames) {
      const [text, before] = [wanted[name], shown[name]]
      if (!(text || before) || (before && isReplaced(widget, api, name, before))) continue
      widget.fill(api, name, text)
      shown = { ...shown, [name]: text }
    }
    wanted = undefined
  }
  return {
    ...host,
    subscribe: (emit) =>
      host.subscribe((event) => {
        if (!isOwn(event)) emit(event)
      }),
    prefill: (visitor) => {
      if (visitor.email) own.add(visitor.email)
      wanted = visitor
      host.ready().then(fill).catch(onError)
    },
  }
}

/** Has the customer typed something else? Nobody has while the form cannot even be read. */
const isReplaced = <Api>(widget: PreChatWidget<Api>, api: Api, name: keyof Visitor, text: string): boolean => {
  try {
    const now = widget.filled(api, name)
    return typeof now === "string" && now !== text
  } catch {
    return false
  }
}
