import { createTellonce } from "../create-tellonce.ts"
import type { Tellonce } from "../tellonce.ts"
import type { TellonceConfig } from "./load-config.ts"
import { type OpenStoreOptions, openStore } from "./open-store.ts"

/** The service of a configuration, ready to answer. When it cannot be, its store is closed again: an open one keeps the process alive. */
export const openService = async (config: TellonceConfig, storeOptions?: OpenStoreOptions): Promise<Tellonce> => {
  const { port: _port, host: _host, ...options } = config
  const store = await openStore(config, storeOptions)
  try {
    const tellonce = createTellonce({ ...options, store })
    await tellonce.ready()
    return tellonce
  } catch (thrown) {
    await store.close?.()
    throw thrown
  }
}

/** Does this with the service, not served, and closes it whatever happens. */
export const withService = async <Result>(
  config: TellonceConfig,
  work: (tellonce: Tellonce) => Promise<Result>,
): Promise<Result> => {
  const tellonce = await openService(config)
  try {
    return await work(tellonce)
  } finally {
    await tellonce.close()
  }
}
