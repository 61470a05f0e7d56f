import { type Refusal, refuse } from "@tellonce/core"

export interface MailHeaders {
  /** All values of a header, in order, unfolded; the name in any case. */
  all(name: string): readonly string[]
  /** The same, by name in lower case. */
  readonly values: HeaderValues
  /** The header block as lines, at every character that some reader takes for a line's end. */
  readonly lines: readonly string[]
}

export type HeaderValues = ReadonlyMap<string, readonly string[]>

const maxBytes = 256 * 1024
/** A mail that went through many hands has two hundred. */
const maxCount = 2_000
// Narrower than the standard's names, which would take a line of JSON for a header. A value may hold any line end but "\n".
const header = /^([a-z0-9][\w.-]*)[ \t]*:(.*)$/is

/** Reads the header block alone, so that the sender and the shape of a mail are known before any part of it is parsed. */
export const readHeaders = (raw: Uint8Array): { ok: true; headers: MailHeaders } | Refusal => {
  const block = headerBlock(raw)
  if (block === undefined) return refuse("mail/too_large", "The headers are over 256 KB. Send the mail without them.")
  const values = new Map<string, string[]>()
  const lines = unfold(block)
  if (lines.length > maxCount) return refuse("mail/too_many_headers", "The mail has over 2,000 headers. Send fewer.")
  for (const [index, line] of lines.entries()) {
    const [, name, value = ""] = header.exec(line) ?? []
    if (name === undefined && index === 0) break
    if (name === undefined) continue
    const key = name.toLowerCase()
    const before = values.get(key)
    if (before) before.push(value.trim())
    else values.set(key, [value.trim()])
  }
  if (values.size === 0) return refuse("mail/not_a_mail", "It does not begin with a header. Send a MIME message.")
  return {
    ok: true,
    headers: { all: headerReader(values), values, lines: block.split(/[\r\n\v\f\u0085\u2028\u2029]+/) },
  }
}

/** All values of a header, its name in any case. */
export const headerReader =
  (values: HeaderValues) =>
  (name: string): readonly string[] =>
    values.get(name.toLowerCase()) ?? []

/** Unfolded before they are read, for a name may be folded too. */
const unfold = (block: string): readonly string[] => {
  const folded: string[][] = []
  for (const [index, line] of block.split("\n").entries()) {
    // An mbox file opens each mail with a "From " line, which is no header.
    if (index === 0 && /^From (?![ \t]*:)/.test(line)) continue
    const last = folded.at(-1)
    if (last && /^[ \t]/.test(line)) last.push(line)
    else folded.push([line])
  }
  return folded.map((parts) => parts.join(""))
}

/** Up to the first empty line; undefined when that is too far. */
const headerBlock = (raw: Uint8Array): string | undefined => {
  const start = raw.subarray(0, maxBytes)
  const lines: string[] = []
  // ignoreBOM: a mark that is swallowed would turn a line other readers skip into a header.
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true })
  for (let from = 0; from < start.length; ) {
    const found = start.indexOf(0x0a, from)
    if (found === -1 && start.length < raw.length) return undefined
    const end = found === -1 ? start.length : found
    const line = withoutTrailingReturns(decoder.decode(start.subarray(from, end)))
    if (line === "") return lines.join("\n")
    lines.push(line)
    from = end + 1
  }
  return start.length < raw.length ? undefined : lines.join("\n")
}

const withoutTrailingReturns = (line: string): string => {
  let end = line.length
  while (line[end - 1] === "\r") end--
  return line.slice(0, end)
}
