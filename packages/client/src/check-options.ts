import { type Fields, TellonceError } from "@tellonce/core"
import type { ClientOptions } from "./client-options.ts"

/** Throws for what only the programmer can mend; from here on nothing throws. */
export const checkOptions = <F extends Fields>({ context, url, key, identity }: ClientOptions<F>): void => {
  demand(context?.places, "context", "Pass a { context }, made by defineContext.")
  demand(isUrl(url), "url", 'Pass the { url } of the service: "https://...".')
  demand(key && typeof key === "string", "key", "Pass a { key }: pk_... in a page, or a token.")
  demand(!key.startsWith("sk_") || identity, "identity", "With a secret key pass an { identity }: whose context?")
}

const demand = (given: unknown, name: string, cure: string): void => {
  if (!given) throw new TellonceError(`client/no_${name}`, cure)
}

const isUrl = (url: string): boolean => {
  try {
    return url !== "" && new URL(url, globalThis.location?.href).protocol.startsWith("http")
  } catch {
    return false
  }
}
