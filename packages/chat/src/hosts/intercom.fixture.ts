type Call = readonly [command: string, ...args: readonly unknown[]]
type Queue = ((...call: Call) => unknown) & { readonly q?: readonly ArrayLike<unknown>[] }

const identifying = ["user_id", "email", "name", "phone", "user_hash", "company"]
const settings = ["app_id", "api_base", "installation_type"]

/** Intercom's messenger by its documentation: takes over the queue its loader left, tells by callbacks, keeps one visitor. */
export const runIntercom = (page: Window) => {
  const owner = page as Window & { Intercom?: Queue; intercomSettings?: object }
  const callbacks: [event: string, tell: () => void][] = []
  const contact: Record<string, unknown> = {}
  let writes = 0
  const update = (given: object = {}) => {
    for (const [name, value] of Object.entries(given)) {
      if (value === null || value === "") delete contact[name]
      else contact[name] = value
    }
  }
  const waiting = owner.Intercom?.q ?? []
  const intercom = (command: string, told?: unknown) => {
    if (command.startsWith("on")) callbacks.push([command, told as () => void])
    if (command === "update") {
      writes++
      update(told as object)
    }
  }
  owner.Intercom = intercom as Queue
  update(owner.intercomSettings)
  for (const call of waiting) intercom(...(Array.from(call) as [string, unknown]))
  const tell = (event: string) => {
    for (const [name, callback] of callbacks) if (name === event) callback()
  }
  const part = (isPart: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(contact).filter(([name]) => isPart(name)))
  return {
    open: () => tell("onShow"),
    close: () => tell("onHide"),
    supplyEmail: () => tell("onUserEmailSupplied"),
    writes: () => writes,
    identity: () => part((name) => identifying.includes(name)),
    attributes: () => part((name) => !identifying.includes(name) && !settings.includes(name)),
  }
}
