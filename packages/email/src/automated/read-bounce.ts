import type { Email } from "postal-mime"
import type { Bounce, FailedRecipient } from "../inbound-email.ts"

/** More than this many are a report about a list, and a long one. */
const maxRecipients = 100
const maxLetters = 64 * 1024
const plainAddress = /^[^\s<>"(),:;@]{1,64}@[^\s<>"(),:;@]{1,190}$/

/** Whom a delivery report could not reach: by its fields for machines, else by its header, else by what it tells people. */
export const readBounce = (email: Email, all: (name: string) => readonly string[]): Bounce => {
  const parts = email.attachments.map(({ mimeType, content }) => ({ type: mimeType, text: toText(content) }))
  const reports = parts.filter(({ type }) => /^message\/(?:global-)?delivery-status$/.test(type))
  const failed = [
    ...reports.flatMap(({ text }) => fromFields(text)),
    ...all("x-failed-recipients").flatMap((value) => value.split(",").map((one) => lasting(one.trim()))),
  ]
  const told = failed.length > 0 ? failed : fromWords(email.text ?? "")
  const original = parts.find(({ type }) => /^(?:message\/rfc822|text\/rfc822-headers|message\/global)/.test(type))
  const returned = /^message-id:\s{0,9}<([^\s<>]{1,998})>/im.exec(original?.text ?? "")?.[1]
  return { failed: once(told).slice(0, maxRecipients), ...(returned === undefined ? {} : { returned }) }
}

const toText = (content: ArrayBuffer | Uint8Array | string): string => {
  if (typeof content === "string") return content.slice(0, maxLetters)
  const bytes = new Uint8Array(content)
  return new TextDecoder().decode(bytes.subarray(0, maxLetters))
}

const lasting = (address: string): FailedRecipient => ({ address, permanent: true })

/** One group of fields for each recipient, in any order, divided by blank lines. */
const fromFields = (report: string): readonly FailedRecipient[] =>
  report.split(/\r?\n[ \t]{0,99}\r?\n/).flatMap((group) => {
    const value = (name: string) =>
      group
        .split(/\r?\n(?![ \t])/)
        .find((line) => line.toLowerCase().startsWith(`${name}:`))
        ?.slice(name.length + 1)
        .trim()
    const action = value("action")?.toLowerCase() ?? "failed"
    const status = /[245]\.\d{1,3}\.\d{1,3}/.exec(value("status") ?? "")?.[0]
    // The original one is the address that the mail was sent to; the final one is where that was forwarded.
    const address = toAddress(value("original-recipient")) ?? toAddress(value("final-recipient"))
    if (address === undefined || ["delivered", "relayed", "expanded"].includes(action)) return []
    const permanent = action === "failed" && !(status?.startsWith("4") ?? false)
    return [{ address, permanent, ...(status === undefined ? {} : { status }) }]
  })

/** `rfc822; <ada@example.com>` */
const toAddress = (field: string | undefined): string | undefined => {
  const address = field
    ?.slice(field.indexOf(";") + 1)
    .replace(/[<>]/g, "")
    .trim()
  return address !== undefined && plainAddress.test(address) ? address : undefined
}

/** Servers without such fields put the address on a line of its own, or at its beginning in angle brackets. */
const fromWords = (text: string): readonly FailedRecipient[] => {
  const lines = text.slice(0, maxLetters).split(/\r?\n/)
  const end = lines.findIndex((line) => /original message|copy of the message|^Return-Path:|^Received:/i.test(line))
  return lines.slice(0, end === -1 ? 60 : Math.min(end, 60)).flatMap((line) => {
    const [first = ""] = line.trim().split(/[\s:]/, 1)
    const bare = first.replace(/^<|>$/g, "")
    return plainAddress.test(bare) && (bare !== first || line.trim() === bare) ? [lasting(bare)] : []
  })
}

const once = (recipients: readonly FailedRecipient[]): readonly FailedRecipient[] => {
  const byAddress = new Map<string, FailedRecipient>()
  for (const one of recipients) {
    const key = one.address.toLowerCase()
    if (plainAddress.test(one.address) && !byAddress.has(key)) byAddress.set(key, one)
  }
  return [...byAddress.values()]
}
