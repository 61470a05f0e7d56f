import { build } from "esbuild"
import { JSDOM } from "jsdom"

/** A vendor's client as one script, as its `<script>` tag would load it. */
export const bundleClient = async (contents: string): Promise<string> => {
  const stdin = { contents, resolveDir: import.meta.dirname }
  const built = await build({ stdin, bundle: true, format: "iife", write: false, logLevel: "error" })
  return built.outputFiles[0]?.text ?? ""
}

/** An app's page in the frame of a host: what it posts goes to `onPost`, and `post` is how the host, or another, speaks to it. */
export const openFrame = (options: {
  readonly url: string
  readonly onPost: (message: unknown, origin: string, ports: readonly MessagePort[]) => void
}) => {
  const dom = new JSDOM("", { url: options.url, runScripts: "outside-only" })
  const parent = {
    postMessage: (message: unknown, origin: string, ports: readonly MessagePort[] = []) =>
      options.onPost(message, origin, ports),
  }
  Object.defineProperty(dom.window, "parent", { value: parent })
  let listeners = 0
  const { addEventListener, removeEventListener } = dom.window
  Object.assign(dom.window, {
    addEventListener: (...listener: Parameters<typeof addEventListener>) => {
      listeners += 1
      addEventListener.apply(dom.window, listener)
    },
    removeEventListener: (...listener: Parameters<typeof removeEventListener>) => {
      listeners -= 1
      removeEventListener.apply(dom.window, listener)
    },
  })
  return {
    window: dom.window,
    listeners: () => listeners,
    post(data: unknown, origin: string, source: unknown = parent) {
      const event = new dom.window.MessageEvent("message", { data, origin })
      Object.defineProperty(event, "source", { value: source })
      dom.window.dispatchEvent(event)
    },
    close: () => dom.window.close(),
  }
}
