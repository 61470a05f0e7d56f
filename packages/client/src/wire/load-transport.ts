import type { ServiceOptions } from "../transport/service.ts"
import type { Transport } from "../transport/transport.ts"

/** Loads the transport once; after a failure it is loaded anew. The `import()` is where bundlers cut: nothing of that room is loaded with the page. */
export const createLoadTransport = (options: ServiceOptions): (() => Promise<Transport>) => {
  let loading: Promise<Transport> | undefined
  const load = async () => (await import("../transport/transport.ts")).createTransport(options)
  return () => {
    loading ??= load().catch((cause) => {
      loading = undefined
      throw cause
    })
    return loading
  }
}
