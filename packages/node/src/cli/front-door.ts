import { TellonceError } from "@tellonce/core"
import { keyList } from "../principal.ts"
import type { Tellonce } from "../tellonce.ts"
import type { TellonceConfig } from "./load-config.ts"

/** Calls the service as its secret key would over HTTP, so that the same is checked and noted. Throws what it refuses. */
export const throughFrontDoor = async (
  tellonce: Tellonce,
  { keys }: Pick<TellonceConfig, "keys">,
  { path, ...init }: RequestInit & { readonly path: string },
): Promise<Response> => {
  const [secret] = keyList(keys.secret)
  const response = await tellonce.fetch(
    new Request(`http://localhost${path}`, { ...init, headers: { authorization: `Bearer ${secret}` } }),
  )
  if (response.ok) return response
  const { error } = (await response.json()) as { readonly error: { readonly code: string; readonly message: string } }
  throw new TellonceError(error.code, error.message)
}
