import type { ChatHost, ChatHostEvent } from "@tellonce/core"
import type { Page } from "playwright-core"

export interface RemoteHost {
  readonly host: ChatHost
  /** What the app's own handler in the page has heard. */
  readonly heard: readonly string[]
  /** Resolves when all that the page has told until now has arrived here. */
  settled(): Promise<void>
}

/** The host that lives in a real browser's page (see `exposeHost`), in the hands of a suite that runs here. Commands keep their order. */
export const openRemoteHost = async (page: Page, url: string): Promise<RemoteHost> => {
  const listeners = new Map<number, (event: ChatHostEvent) => void>()
  const heard: string[] = []
  await page.exposeFunction("hearEvent", (id: number, event: ChatHostEvent) => {
    // What a listener throws is thrown here; the page tries a thrower of its own.
    try {
      listeners.get(id)?.(event)
    } catch {}
  })
  await page.exposeFunction("hearApp", (text: string) => heard.push(text))
  await page.goto(url)
  const call = (member: string, ...args: readonly unknown[]) =>
    page.evaluate(`window.tellonceHost.${member}(${args.map((arg) => JSON.stringify(arg)).join(",")})`)
  let last = 0
  const host: ChatHost = {
    ready: async () => {
      await call("ready")
    },
    subscribe: (emit) => {
      const id = ++last
      listeners.set(id, emit)
      void call("subscribe", id)
      return () => void call("stop", id)
    },
    setAttributes: (attributes) => void call("setAttributes", attributes),
  }
  return {
    host,
    heard,
    settled: async () => {
      await page.evaluate("new Promise((resolve) => setTimeout(resolve, 20))")
    },
  }
}
