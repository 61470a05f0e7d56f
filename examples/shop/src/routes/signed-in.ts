import type { Identity } from "@tellonce/core"
import type { Context } from "hono"
import { HTTPException } from "hono/http-exception"
import type { Sessions } from "../session.ts"

/** Whose call this is. Throws 401 for nobody's. */
export const signedIn = async (sessions: Sessions, call: Context): Promise<Identity> => {
  const address = await sessions.addressOf(call)
  if (address === undefined) throw new HTTPException(401, { message: "Sign in first." })
  return { kind: "email", value: address }
}
