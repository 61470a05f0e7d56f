/** Longer is no token of anyone's: its parts are not even looked at. */
const longestToken = 4_096

type Part = Readonly<Record<string, unknown>>

/** Header and claims of what may be a token, nothing checked: good for choosing how to check it and for nothing else. */
export const peekToken = (token: string): { readonly header: Part; readonly claims: Part } | undefined => {
  if (token.length > longestToken || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return undefined
  const [header, claims] = token.split(".").slice(0, 2).map(toPart)
  return header && claims ? { header, claims } : undefined
}

/** The header of what may be a sealed link or ticket, nothing checked. */
export const peekSealed = (token: string): Part | undefined =>
  token.length > longestToken ? undefined : toPart(token.split(".")[0] ?? "")

const toPart = (text: string): Part | undefined => {
  try {
    const part: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"))
    return typeof part === "object" && part !== null ? (part as Part) : undefined
  } catch {
    return undefined
  }
}
