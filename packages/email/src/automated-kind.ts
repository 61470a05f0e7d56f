import type { Automated } from "./inbound-email.ts"

/**
 * What kind of machine wrote this, by the headers of RFC 3834 and their forerunners. `X-Auto-Response-Suppress` is no sign: it says "do
 * not auto-answer me" and people's mail carries it too.
 */
export const automatedKind = (all: (name: string) => readonly string[], from: string): Automated | null => {
  const has = (name: string) => all(name).length > 0
  const word = (name: string) => (all(name)[0] ?? "").toLowerCase().split(/[\s;(]/, 1)[0] ?? ""
  const type = (all("content-type")[0] ?? "").toLowerCase()
  const report = /^multipart\/report\b/.test(type) && /\breport-type\s*=\s*"?delivery-status/.test(type)
  const returned = all("return-path")[0]?.replace(/\s/g, "") === "<>"
  if (report || returned || has("x-failed-recipients") || /^(mailer-daemon|postmaster)@/i.test(from)) return "bounce"
  if (has("auto-submitted") && word("auto-submitted") !== "no") return "auto-reply"
  if (has("x-autoreply") || has("x-autorespond") || has("x-loop") || word("precedence") === "auto_reply")
    return "auto-reply"
  return has("list-id") || ["bulk", "list", "junk"].includes(word("precedence")) ? "bulk" : null
}
