import type { ContextClient } from "@tellonce/client"
import type { ShopFields } from "../shop-context.ts"

/** Longer than this nobody looks at the dots of a chat. */
const patience = 15_000

/**
 * What was just said must be on the server's disk before its bot thinks about it. A service that is busy for a moment asks the page to
 * come again, and the answer waits as long: a bot that has not heard the question would answer another.
 */
export const allSent = async (client: ContextClient<ShopFields>): Promise<void> => {
  await client.flush()
  await new Promise<void>((resolve, reject) => {
    const look = () => client.counts().queued === 0 && end(resolve)
    const end = (settle: () => void) => {
      clearTimeout(timer)
      for (const stop of stops) stop()
      settle()
    }
    const timer = setTimeout(() => end(() => reject(new Error("The service does not take what was said."))), patience)
    const stops = [client.on("sent", look), client.on("refused", look)]
    look()
  })
}
