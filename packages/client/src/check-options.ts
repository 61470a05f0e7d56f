import { type Fields, TellonceError } from "@tellonce/core"
import type { ClientOptions } from "./client-options.ts"

/** Throws for what only the programmer can mend; from here on nothing throws. */
export const checkOptions = <F extends Fields>({ context, url, key, identity }: ClientOptions<F>): void => {
  if (!context?.places) {
    throw new TellonceError("client/no_context", "A client needs the definition of its context: pass { context }.")
  }
  if (typeof url !== "string" || !isUrl(url)) {
    throw new TellonceError(
      "client/no_url",
      'A client needs the url of the service, such as "https://context.example.com": pass { url }.',
    )
  }
  if (typeof key !== "string" || key === "") {
    throw new TellonceError("client/no_key", "A client needs a key: the publishable pk_… in a page, or a token.")
  }
  if (key.startsWith("sk_") && identity === undefined) {
    throw new TellonceError(
      "client/no_identity",
      "A secret key reaches every customer. Say whose context: { identity }.",
    )
  }
}

const isUrl = (url: string): boolean => {
  try {
    return url !== "" && new URL(url, globalThis.location?.href).protocol.startsWith("http")
  } catch {
    return false
  }
}
