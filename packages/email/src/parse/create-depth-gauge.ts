import { isMultipart, readBoundary } from "./read-boundary.ts"

/** A part's header block may be as long as a mail's. */
const maxHeaderLetters = 256 * 1024

/**
 * Follows the parts of a mail line by line and says how deep they are nested. It knows boundaries as programs write them; a mail that
 * hides one from it meets the parser's own limit.
 */
export const createDepthGauge = (contentType: string) => {
  const open: string[] = isMultipart(contentType) ? [readBoundary(contentType)] : []
  let header: string | undefined

  const opens = (line: string): boolean => {
    for (let at = open.length - 1; at >= 0; at--) {
      const boundary = open[at] ?? ""
      if (boundary === "" || !line.startsWith(boundary, 2)) continue
      const rest = line.slice(2 + boundary.length).trimEnd()
      if (rest !== "" && rest !== "--") continue
      open.length = rest === "" ? at + 1 : at
      header = rest === "" ? "" : undefined
      return true
    }
    return false
  }

  return {
    /** Whether the line is of interest: the rest is never decoded. */
    needs: (startsWithDashes: boolean): boolean => header !== undefined || (startsWithDashes && open.length > 0),
    /** Takes the next line and gives the depth so far. */
    take(line: string): number {
      if (line.startsWith("--") && opens(line)) return open.length
      if (header === undefined) return open.length
      if (line.trim() !== "" && header.length < maxHeaderLetters) {
        header += `${line}\n`
        return open.length
      }
      const type = /^content-type[ \t]{0,9}:([^\n]{0,998}(?:\n[ \t][^\n]{0,998}){0,20})/im.exec(header)?.[1] ?? ""
      header = undefined
      if (isMultipart(type)) open.push(readBoundary(type))
      return open.length
    },
  }
}
