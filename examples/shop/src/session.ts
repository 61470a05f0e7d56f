import { createHmac, randomBytes } from "node:crypto"
import type { Context } from "hono"
import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie"

/** The shop's own sign-in, as any shop has one: a signed cookie that names the customer's proven mail address. */
export interface Sessions {
  addressOf(call: Context): Promise<string | undefined>
  /** Signs this browser in, as the customer it was or as a new one. */
  open(call: Context): Promise<string>
  /** Signs this browser in as the customer who has proven to be the one of this address. */
  enter(call: Context, address: string): Promise<void>
  close(call: Context): void
  /** What the customer's mail program signs in with: follows from the address, so that it outlives a restart. */
  mailPassword(address: string): string
}

const cookie = "shop_session"
const settings = { httpOnly: true, sameSite: "Strict", path: "/", maxAge: 30 * 86_400 } as const

export const createSessions = (secret: string): Sessions => {
  const key = createHmac("sha256", secret).update("shop session").digest("hex")
  const addressOf: Sessions["addressOf"] = async (call) => (await getSignedCookie(call, key, cookie)) || undefined
  const enter: Sessions["enter"] = (call, address) => setSignedCookie(call, cookie, address, key, settings)
  return {
    addressOf,
    enter,
    async open(call) {
      const known = await addressOf(call)
      const address = known ?? `ada.${randomBytes(3).toString("hex")}@example.com`
      if (known === undefined) await enter(call, address)
      return address
    },
    close: (call) => void deleteCookie(call, cookie),
    mailPassword: (address) => createHmac("sha256", key).update(address).digest("hex"),
  }
}
