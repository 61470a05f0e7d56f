import { bareLine } from "./bare-line.ts"
import { type HeaderKind, headerKind } from "./header-keys.ts"

const maxLines = 14

/**
 * Whether a quoted mail's headers stand from `at` on, as Outlook and its like write them. People write such lines too ("From: Paris",
 * "To: London", "Date: 6 May"), so there must be an address, a subject or the word "sent" among them.
 */
export const isHeaderBlock = (lines: readonly string[], at: number, options: { readonly isTop: boolean }): boolean => {
  const first = headerKind(bareLine(lines[at] ?? ""))
  if (first === undefined || first === "other" || first === "cc") return false
  const { found, hasAddress } = readBlock(lines, at)
  const dated = found.has("sent") || found.has("date")
  if (!found.has("from") && !dated) return false
  if (!hasAddress && !found.has("subject") && !found.has("sent")) return false
  // A form on a web site opens its mail with "From:" and "Subject:", and what follows is the customer's own.
  if (options.isTop) return found.size >= 3 && found.has("from") && dated
  return found.size >= (first === "from" || first === "sent" || first === "date" ? 2 : 3)
}

const readBlock = (lines: readonly string[], at: number) => {
  const found = new Set<HeaderKind>()
  let hasAddress = false
  let blanks = 0
  for (const line of lines.slice(at, at + maxLines)) {
    const bare = bareLine(line)
    if (bare === "" && ++blanks > 1) break
    if (bare === "") continue
    const kind = headerKind(bare)
    // A long value is wrapped: what goes on holds an address, or is indented.
    if (kind === undefined && (blanks > 0 || !(bare.includes("@") || /^[ \t]/.test(line)))) break
    if (kind !== undefined) found.add(kind)
    if (bare.includes("@")) hasAddress = true
    blanks = 0
  }
  return { found, hasAddress }
}
