import type { ChatHost, Unsubscribe } from "@tellonce/core"

interface Bridge {
  hearEvent(id: number, event: object): Promise<void>
  hearApp(text: string): Promise<void>
}

const bridge = window as unknown as Bridge

/** The app's own handler has heard this. */
export const hearApp = (text: string): void => void bridge.hearApp(text)

/** Puts a host into the hands of a test outside the page. One listener here always throws: no law may feel it. */
export const exposeHost = (host: ChatHost): void => {
  const stops = new Map<number, Unsubscribe>()
  host.subscribe(() => {
    throw new Error("thrown by a listener, on purpose")
  })
  Object.assign(window, {
    tellonceHost: {
      ready: host.ready,
      setAttributes: host.setAttributes,
      subscribe: (id: number) => {
        stops.set(
          id,
          host.subscribe((event) => void bridge.hearEvent(id, event)),
        )
      },
      stop: (id: number) => stops.get(id)?.(),
    },
  })
}
