import { type ChatHost, TellonceError, type Unsubscribe } from "@tellonce/core"
import { type AttributeLimits, createCarried, type Scalar } from "./create-carried.ts"
import { createListeners, type Emit } from "./create-listeners.ts"
import { whenFound } from "./when-found.ts"

export interface HostOptions {
  /** The page the widget is on; the global window unless told. Without one the host waits, and does nothing. */
  readonly page?: Window | undefined
  /** Gets what the vendor's script throws, and which attributes it cannot carry. The console unless told. */
  readonly onError?: ((error: unknown) => void) | undefined
}

/** A chat host that knows how often its vendor may be written to. */
export interface WidgetHost extends ChatHost {
  /** Milliseconds between two pushes of attributes. */
  readonly pace: number
}

/** What is different from vendor to vendor. All may throw: a vendor's failure is told, and ends there. */
export interface Widget<Api> {
  readonly vendor: string
  readonly limits: AttributeLimits
  readonly pace: number
  /** Its events can be heard from here on. Undefined while its script has not come. */
  find(page: Window): Api | undefined
  /** Does it take attributes yet? As soon as it is found, unless told. */
  isReady?(api: Api): boolean
  /** Hears events until stopped. Without an answer it cannot be stopped, and is asked once. */
  listen(api: Api, emit: Emit): Unsubscribe | undefined
  /** Does a write replace what was there? Then all there is comes with each change. */
  readonly replaces?: boolean | undefined
  /** What it throws, or tells later, was not written: it goes along with the next change. */
  put(api: Api, changed: Readonly<Record<string, Scalar | null>>, fail: (error: unknown) => void): void
}

/** Binds a vendor's widget: waits for its script, tells several listeners, and keeps what it carries within its limits. */
export const createWidgetHost = <Api>(widget: Widget<Api>, options: HostOptions = {}): WidgetHost => {
  const { page = globalThis.window, onError = (error) => console.error(error) } = options
  const attempt = createAttempt(onError)
  const ears = createEars(widget, attempt, onError)
  const carried = createCarried(widget.limits, (names) => onError(leftOut(widget.vendor, names)))
  let ready: Api | undefined
  const put = (api: Api, changed: Readonly<Record<string, Scalar | null>>) => {
    const keys = Object.keys(changed)
    if (keys.length === 0) return
    const fail = (error: unknown) => {
      carried.owe(keys)
      onError(error)
    }
    createAttempt(fail)(() => widget.put(api, changed, fail))
  }
  const whenReady = new Promise<void>((resolve) => {
    if (page === undefined) return
    const find = () => attempt(() => widget.find(page))
    const isReady = (api: Api) => widget.isReady === undefined || attempt(() => widget.isReady?.(api)) === true
    whenFound(page, find, (api) => {
      ears.find(api)
      const findReady = () => (isReady(api) ? api : undefined)
      whenFound(page, findReady, () => {
        ready = api
        put(api, carried.all())
        resolve()
      })
    })
  })
  return {
    pace: widget.pace,
    ready: () => whenReady,
    subscribe: ears.subscribe,
    setAttributes: (attributes) => {
      const changed = carried.change(attributes)
      if (ready === undefined || Object.keys(changed).length === 0) return
      put(ready, widget.replaces ? { ...changed, ...carried.all() } : changed)
    },
  }
}

type Attempt = <Answer>(run: () => Answer) => Answer | undefined

const createAttempt =
  (onError: (error: unknown) => void): Attempt =>
  (run) => {
    try {
      return run()
    } catch (error) {
      onError(error)
      return undefined
    }
  }

/** One ear at the widget for any number of listeners, so that none can disturb the app's own or another's. */
const createEars = <Api>(widget: Widget<Api>, attempt: Attempt, onError: (error: unknown) => void) => {
  const listeners = createListeners(onError)
  let api: Api | undefined
  let listening: { readonly stop: Unsubscribe | undefined } | undefined
  const listen = () => {
    if (api === undefined || listening || listeners.isEmpty()) return
    const found = api
    listening = { stop: attempt(() => widget.listen(found, listeners.emit)) }
  }
  return {
    find: (found: Api) => {
      api = found
      listen()
    },
    subscribe: (listener: Emit): Unsubscribe => {
      const remove = listeners.add(listener)
      listen()
      return () => {
        remove()
        const stop = listening?.stop
        if (!stop || !listeners.isEmpty()) return
        listening = undefined
        attempt(stop)
      }
    },
  }
}

const leftOut = (vendor: string, names: readonly string[]): TellonceError =>
  new TellonceError(
    "chat/attributes_left_out",
    `${vendor} cannot carry these attributes: ${names.join(", ")}. It has no key for them, or holds its most. Choose fewer \`attributes\`, or name the vendor's own field for each.`,
  )
