type Told = { readonly type: string; readonly payload?: object }
type Listener = (told: Told) => void

/** Zendesk's messaging widget by its documentation: `zE`, whose `messenger:on` answers the way to stop. */
export const runZendesk = (page: Window) => {
  const listeners = new Map<string, Set<Listener>>()
  let fields: Record<string, unknown> = {}
  let writes = 0
  const on = (event: string, listener: Listener) => {
    const heard = listeners.get(event) ?? new Set()
    listeners.set(event, heard.add(listener))
    return () => heard.delete(listener)
  }
  const set = (what: string, given: readonly { readonly id: string; readonly value: unknown }[]) => {
    if (what !== "conversationFields") return
    writes++
    for (const { id, value } of given) {
      if (value === "") delete fields[id]
      else fields[id] = value
    }
  }
  const zE = (group: string, ...args: readonly never[]) =>
    group === "messenger:on"
      ? on(...(args as unknown as [string, Listener]))
      : set(...(args as unknown as [string, []]))
  Object.assign(page, { zE })
  const tell = (event: string, told: Told) => {
    for (const listener of listeners.get(event) ?? []) listener(told)
  }
  return {
    open: () => tell("open", { type: "messagingOpened" }),
    close: () => tell("close", { type: "messagingClosed" }),
    start: () => {
      fields = {}
      tell("conversationStarted", { type: "conversationStarted", payload: { conversationId: "c1" } })
    },
    writes: () => writes,
    attributes: () => ({ ...fields }),
    listening: () => [...listeners.values()].reduce((sum, heard) => sum + heard.size, 0),
  }
}
