/** Tawk.to's widget by its documentation: events on the window, and attributes with hard limits and an answer. */
export const runTawk = (page: Window & { readonly CustomEvent?: typeof CustomEvent }) => {
  const owner = page as unknown as { Tawk_API?: Record<string, unknown> }
  const event = page.CustomEvent ?? CustomEvent
  const attributes: Record<string, unknown> = {}
  const visitor: Record<string, unknown> = {}
  let writes = 0
  const problem = (given: object): string | undefined => {
    const own = Object.keys({ ...attributes, ...given })
    if (own.length > 50) return "ATTRIBUTE_LIMIT_EXCEEDED"
    if (own.some((name) => !/^[A-Za-z0-9-]+$/.test(name))) return "CONTAINS_INVALID_KEY"
    const bad = Object.values(given).some((value) => String(value) === "" || String(value).length > 255)
    return bad ? "CONTAINS_INVALID_VALUE" : undefined
  }
  const setAttributes = (given: Record<string, unknown>, done?: (error?: string) => void) => {
    writes++
    const { name, email, hash, ...own } = given
    const error = problem(own)
    if (error) return done?.(error)
    if (name !== undefined || email !== undefined || hash !== undefined) Object.assign(visitor, { name, email, hash })
    for (const [key, value] of Object.entries(own)) attributes[key.toLowerCase()] = value
    return done?.()
  }
  owner.Tawk_API = { ...owner.Tawk_API, setAttributes }
  const tell = (name: string, detail?: unknown) => {
    const own = owner.Tawk_API?.[`on${name}`]
    if (typeof own === "function") own(detail)
    page.dispatchEvent(new event(`tawk${name}`, { detail }))
  }
  return {
    open: () => tell("ChatMaximized"),
    close: () => tell("ChatMinimized"),
    start: () => {
      for (const name of Object.keys(attributes)) delete attributes[name]
      tell("ChatStarted")
    },
    end: () => tell("ChatEnded"),
    send: (text: string) => tell("ChatMessageVisitor", text),
    receive: (text: string) => tell("ChatMessageAgent", text),
    claim: (email: string) =>
      tell("PrechatSubmit", [
        { label: "Name", value: "Ada" },
        { label: "Email", value: email },
      ]),
    leaveMessage: (form: object) => tell("OfflineSubmit", form),
    writes: () => writes,
    identity: () => ({ ...visitor }),
    attributes: () => ({ ...attributes }),
  }
}
