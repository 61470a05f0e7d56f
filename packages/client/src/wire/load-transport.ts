import { afterScript } from "../page/after-script.ts"
import type { ServiceOptions } from "../transport/service.ts"
import type { Transport } from "../transport/transport.ts"

/** Loads the transport once; after a failure it is loaded anew. The `import()` is where bundlers cut: nothing of that room is loaded with the page. */
export const createLoadTransport = (options: ServiceOptions): (() => Promise<Transport>) => {
  let loading: Promise<Transport> | undefined
  const load = async () => {
    await afterScript()
    return (await import("../transport/transport.ts").catch(importAnew)).createTransport(options)
  }
  return () => {
    loading ??= load().catch((cause) => {
      loading = undefined
      throw cause
    })
    return loading
  }
}

/**
 * Some browsers (Chromium 150) never ask twice for a module that did not come, while the page lives. They name its address in the error: with
 * a query it is another one. Others, and bundlers with a loader of their own, do as they are asked the next time.
 */
const importAnew = (cause: Error): Promise<typeof import("../transport/transport.ts")> => {
  const file = cause.message.split("module: ")[1]
  if (file) return import(/* webpackIgnore: true */ /* @vite-ignore */ `${file}?${Date.now()}`)
  throw cause
}
