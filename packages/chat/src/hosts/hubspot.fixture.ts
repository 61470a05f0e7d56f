type Listener = (told: object) => void

/** HubSpot's chat by its documentation: `HubSpotConversations` with `on` and `off`, and the tracking code behind `_hsq`. */
export const runHubSpot = (page: Window) => {
  const owner = page as unknown as { _hsq?: unknown }
  const listeners = new Map<string, Set<Listener>>()
  const contact: Record<string, unknown> = { email: "owner@example.com" }
  let writes = 0
  const push = ([command, given]: readonly [string, object]) => {
    if (command !== "identify") return
    writes++
    for (const [property, value] of Object.entries(given)) {
      if (value === "") delete contact[property]
      else contact[property] = value
    }
  }
  const waiting = Array.isArray(owner._hsq) ? owner._hsq : []
  Object.assign(page, {
    _hsq: { push },
    HubSpotConversations: {
      on: (event: string, listener: Listener) => {
        listeners.set(event, (listeners.get(event) ?? new Set()).add(listener))
      },
      off: (event: string, listener: Listener) => listeners.get(event)?.delete(listener),
    },
  })
  waiting.forEach(push)
  const tell = (event: string) => {
    for (const listener of listeners.get(event) ?? []) listener({ conversation: { conversationId: 9 } })
  }
  return {
    open: () => tell("userInteractedWithWidget"),
    close: () => tell("widgetClosed"),
    start: () => tell("conversationStarted"),
    end: () => tell("conversationClosed"),
    claim: () => tell("contactAssociated"),
    writes: () => writes,
    identity: () => ({ email: contact.email, id: contact.id }),
    attributes: () => Object.fromEntries(Object.entries(contact).filter(([name]) => name !== "email" && name !== "id")),
    listening: () => [...listeners.values()].reduce((sum, heard) => sum + heard.size, 0),
  }
}
