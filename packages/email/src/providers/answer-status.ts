import type { Refusal } from "@tellonce/core"
import type { MailProvider } from "./mail-provider.ts"

/** Worth another attempt: the sender's clock, the provider's settings or our own load may be better by then. */
const passing: Readonly<Record<string, number>> = {
  "mail/unverified": 401,
  "mail/stale": 401,
  "mail/busy": 503,
  "mail/closed": 503,
}

/** The HTTP status to answer a delivery with, so that the provider tries again where that helps, and nowhere else. */
export const answerStatus = (provider: MailProvider, result: { readonly ok: true } | Refusal): number =>
  result.ok || result.code === "mail/replayed" ? 200 : (passing[result.code] ?? provider.dropStatus)
