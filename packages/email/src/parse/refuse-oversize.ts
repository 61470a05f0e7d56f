import { type Refusal, refuse } from "@tellonce/core"
import { createDepthGauge } from "./create-depth-gauge.ts"
import type { MailHeaders } from "./read-headers.ts"

const maxParts = 200
/** 10 MB of base64 has 140,000. The parser keeps an object per line: ten million empty lines exhaust a Node process. */
const maxLines = 150_000
const maxDepth = 20
const newline = 0x0a
const dash = 0x2d

/** Refuses what would cost the parser too much, by one scan over the lines. */
export const refuseOversize = (raw: Uint8Array, headers: MailHeaders): Refusal | undefined => {
  const types = headers.all("content-type")
  const parts = createPartCount(types.length === 0 || types.some((type) => !/^text\//i.test(type)))
  const gauge = createDepthGauge(types[0] ?? "")
  let lines = 0
  for (let from = 0; from < raw.length; lines++) {
    const found = raw.indexOf(newline, from)
    const end = found === -1 ? raw.length : found
    const dashes = raw[from] === dash && raw[from + 1] === dash
    if (dashes || gauge.needs(false)) {
      const line = latin1(raw.subarray(from, Math.min(end, from + 998)))
      if (dashes && parts.take(line) > maxParts)
        return refuse("mail/too_many_parts", "The mail has over 200 parts. Send it with less attached.")
      if (gauge.needs(dashes) && gauge.take(line) > maxDepth)
        return refuse("mail/too_deep", "The mail's parts are nested over 20 deep. Send it as plain text.")
    }
    if (lines > maxLines) return refuse("mail/too_many_lines", "The mail has over 150,000 lines. Attach it as a file.")
    from = end + 1
  }
  return undefined
}

/**
 * Two parts of one multipart open with the same line, so lines that begin with "--" and occur again are counted as parts: that sees
 * every boundary, however its declaration is written.
 */
const createPartCount = (mayHaveParts: boolean) => {
  const seen = new Map<string, number>()
  let parts = 0
  return {
    take(line: string): number {
      if (!mayHaveParts) return 0
      // Cut: two long lines may be taken for one, never one for two.
      const key = line.slice(0, 200).trimEnd()
      const times = (seen.get(key) ?? 0) + 1
      seen.set(key, times)
      parts += times === 1 ? 0 : times === 2 ? 2 : 1
      return parts
    },
  }
}

const decoder = new TextDecoder("latin1")
const latin1 = (bytes: Uint8Array): string => decoder.decode(bytes)
