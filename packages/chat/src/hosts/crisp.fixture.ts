type Command = readonly [verb: string, what: string, told?: unknown]

/** Crisp's chatbox by its documentation: replaces the queue, and its `off` removes all handlers of an event. */
export const runCrisp = (page: Window) => {
  const owner = page as Window & { $crisp?: { push(command: Command): unknown; get?(what: string): unknown } }
  const handlers = new Map<string, ((told: unknown) => void)[]>()
  const values = new Map<string, unknown>()
  const visitor = new Map<string, unknown>()
  let writes = 0
  let fingerprint = 1_000
  const tell = (event: string, told?: unknown) => {
    for (const handler of handlers.get(event) ?? []) handler(told)
  }
  const identify = (what: string, told: readonly unknown[]) => {
    if (told[0] === null) visitor.delete(what)
    else visitor.set(what, told)
    tell(`${what}:changed`, told[0])
  }
  const set = (what: string, told: unknown) => {
    if (what !== "session:data") return identify(what, told as readonly unknown[])
    writes++
    for (const [key, value] of (told as readonly (readonly [string, unknown][])[])[0] ?? []) {
      if (value === "") values.delete(key)
      else values.set(key, value)
    }
  }
  const push = ([verb, what, told]: Command) => {
    if (verb === "on") handlers.set(what, [...(handlers.get(what) ?? []), told as () => void])
    if (verb === "off") handlers.delete(what)
    if (verb === "set") set(what, told)
  }
  const waiting = Array.isArray(owner.$crisp) ? (owner.$crisp as readonly Command[]) : []
  owner.$crisp = { push, get: (what) => (visitor.get(what) as readonly unknown[] | undefined)?.[0] ?? null }
  waiting.forEach(push)
  const message = (content: string) => ({ type: "text", content, fingerprint: ++fingerprint })
  return {
    open: () => tell("chat:opened"),
    close: () => tell("chat:closed"),
    start: () => {
      values.clear()
      tell("chat:initiated")
    },
    send: (text: string) => tell("message:sent", { ...message(text), from: "user" }),
    sendFile: () => tell("message:sent", { type: "file", content: { url: "https://files.example/1" } }),
    receive: (text: string) => tell("message:received", { ...message(text), from: "operator" }),
    claim: (email: string) => identify("user:email", [email]),
    writes: () => writes,
    identity: () => Object.fromEntries(visitor),
    attributes: () => Object.fromEntries(values),
  }
}
