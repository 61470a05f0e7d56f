import { type Millis, type Refusal, refuse } from "@tellonce/core"
import type { MailProvider, Received, WebhookRequest } from "./mail-provider.ts"

/** What was delivered before. */
export interface Deliveries {
  /** True for the first caller of this name, false for all others until then. */
  once(name: string, until: Millis): Promise<boolean>
  /** The delivery could not be kept: the provider's next attempt is the first again. */
  release(name: string): Promise<void>
}

export interface ReceiveOptions {
  readonly provider: MailProvider
  readonly request: WebhookRequest
  readonly deliveries: Deliveries
  /** Keeps what came, durably. What it throws reaches the caller, who answers with a fault, so that the provider tries again. */
  readonly keep: (received: Received) => Promise<void>
}

/** Takes one delivery of a provider: nothing is read before it is verified, and a repetition is refused with `mail/replayed`. */
export const receiveMail = async (options: ReceiveOptions): Promise<{ readonly ok: true } | Refusal> => {
  const { provider, request, deliveries, keep } = options
  const verified = await provider.verify(request)
  if (!verified.ok) return verified
  const parsed = await provider.parse(request)
  if (!parsed.ok) return parsed
  const { id, until } = verified.delivery
  const name = `${provider.name}:${id}`
  if (!(await deliveries.once(name, until)))
    return refuse("mail/replayed", "This delivery came before. Answer with 200, so that it does not come again.")
  try {
    await keep(parsed.received)
  } catch (error) {
    await deliveries.release(name)
    throw error
  }
  return { ok: true }
}
