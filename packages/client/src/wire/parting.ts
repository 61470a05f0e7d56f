import type { Millis } from "@tellonce/core"
import type { Draft } from "../kept/outbox.ts"
import type { Reply } from "../transport/answer.ts"

/** Sends signals in a request that outlives the page. Undefined: there was no answer. */
export type Parting = (signals: readonly Draft[], token: string) => Promise<Reply | undefined>

export interface PartingOptions {
  /** The address of the interface, with a slash at its end. */
  readonly base: string
  /** The page's own, looked up at each call, unless told. */
  readonly fetch: typeof fetch | undefined
}

const patience: Millis = 15_000

/** By `fetch` itself: whoever leaves at once cannot wait for the transport to be loaded. */
export const createParting =
  (options: PartingOptions): Parting =>
  async (signals, token) => {
    try {
      const response = await (options.fetch ?? fetch)(`${options.base}signals`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ signals }),
        keepalive: true,
        signal: AbortSignal.timeout(patience),
      })
      // Always to the end: a keepalive answer left unread holds on to the page's quota.
      return { response, text: await response.text() }
    } catch {
      // What is not answered stays in the outbox, for this page or the next.
      return undefined
    }
  }
