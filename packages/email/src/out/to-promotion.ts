import { type Decision, type Millis, TellonceError } from "@tellonce/core"
import { type MailMessage, type OutgoingMail, toMessage } from "./to-message.ts"

export interface PromotionOptions {
  /** From `decide`, asked for the action that promotions are declared as, right before sending. */
  readonly decision: Decision
  /** An https address of yours that unsubscribes on POST, without a question (RFC 8058). */
  readonly unsubscribe: string
}

export type Promotion =
  | { readonly held: false; readonly message: MailMessage }
  | {
      readonly held: true
      /** All that stands against it, in words for the one who wanted to send it. */
      readonly reasons: readonly string[]
      /** When it may be asked again, where that can be said. */
      readonly until?: Millis
    }

/** A promotional mail, ready to be sent with its way out for the receiver; or held, and why. Always marked as written by a program. */
export const toPromotion = (
  mail: Omit<OutgoingMail, "automated" | "answers">,
  { decision: { allowed, objections, until }, unsubscribe }: PromotionOptions,
): Promotion => {
  if (!allowed) {
    const reasons = objections.map(({ reason, change }) => `${reason} ${change}`.trim())
    return { held: true, reasons, ...(until !== undefined && { until }) }
  }
  if (!URL.canParse(unsubscribe) || new URL(unsubscribe).protocol !== "https:") {
    throw new TellonceError(
      "mail/unsubscribe",
      "A promotional mail without an https address to unsubscribe at must not go out. Pass one.",
    )
  }
  const message = toMessage({ ...mail, automated: true })
  const headers = {
    ...message.headers,
    Precedence: "bulk",
    "List-Unsubscribe": `<${new URL(unsubscribe).href}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  }
  return { held: false, message: { ...message, headers } }
}
