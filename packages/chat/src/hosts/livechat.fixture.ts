type Handler = (told: object) => void
type Queued = readonly [method: "on" | "off" | "call", args: readonly never[]]

interface Api {
  _q?: readonly Queued[]
  _h?: ((method: string, args: readonly never[]) => unknown) | null
}

/** LiveChat's widget by its types: takes over the queue of its snippet or loader; names no words, keeps texts alone. */
export const runLiveChat = (page: Window) => {
  const owner = page as unknown as { readonly LiveChatWidget: Api }
  const handlers = new Map<string, Set<Handler>>()
  const variables: Record<string, string> = {}
  const customer = { id: "v1", email: "", name: "" }
  let writes = 0
  const tell = (event: string, told: object) => {
    for (const handler of handlers.get(event) ?? []) handler(told)
  }
  const call = (command: string, given: object | string) => {
    // By its integrations: an empty text changes nothing, a blank one does.
    if (command === "set_customer_email") customer.email = String(given) || customer.email
    if (command === "set_customer_name") customer.name = String(given) || customer.name
    if (command !== "update_session_variables") return
    writes++
    for (const [name, value] of Object.entries(given)) {
      if (typeof value !== "string") throw new TypeError("Session variables are strings.")
      if (value === "") delete variables[name]
      else variables[name] = value
    }
  }
  const methods: Record<string, (...args: readonly never[]) => unknown> = {
    on: (event: string, handler: Handler) => handlers.set(event, (handlers.get(event) ?? new Set()).add(handler)),
    off: (event: string, handler: Handler) => handlers.get(event)?.delete(handler),
    get: (what: string) => (what === "chat_data" ? { chatId: "chat-1", threadId: "t1" } : { ...customer }),
    call,
  }
  const waiting = owner.LiveChatWidget._q ?? []
  owner.LiveChatWidget._h = (method, args) => methods[method]?.(...args)
  for (const [method, args] of waiting) methods[method]?.(...args)
  const message = (type: "customer" | "agent") =>
    tell("new_event", { timestamp: 1, type: "message", author: { id: "a1", type } })
  const status = (now: string) => tell("customer_status_changed", { status: now })
  return {
    open: () => tell("visibility_changed", { visibility: "maximized" }),
    close: () => tell("visibility_changed", { visibility: "minimized" }),
    start: () => {
      for (const name of Object.keys(variables)) delete variables[name]
      status("chatting")
    },
    end: () => status("browsing"),
    send: () => message("customer"),
    receive: () => message("agent"),
    claim: (email: string) => {
      customer.email = email
      tell("form_submitted", { type: "prechat" })
    },
    writes: () => writes,
    identity: () => ({ ...customer }),
    attributes: () => ({ ...variables }),
    listening: () => [...handlers.values()].reduce((sum, heard) => sum + heard.size, 0),
  }
}
