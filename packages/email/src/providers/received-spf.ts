import { domainOf } from "../trust/is-aligned.ts"

/**
 * The domain of MAIL FROM if SPF passed for it, by the only Received-SPF header there is (RFC 7208, 9.1). With two, one may be the sender's;
 * with a key twice, one may have come in with the name the sender gave.
 */
export const receivedSpf = ([value = "", ...more]: readonly string[]): string | undefined => {
  const [, list] = /^\s*pass\b(?:\s*\([^()]*\))?([^()]*)$/i.exec(value) ?? []
  const pairs = (list ?? "").split(";").map((pair) => {
    const equals = pair.indexOf("=")
    return [pair.slice(0, Math.max(equals, 0)).trim().toLowerCase(), pair.slice(equals + 1).trim()] as const
  })
  const all = (key: string) => pairs.filter(([name]) => name === key).map(([, text]) => text.toLowerCase())
  const [from = "", ...others] = all("envelope-from")
  if (more.length > 0 || others.length > 0 || all("identity").some((kind) => kind !== "mailfrom")) return undefined
  return /\s/.test(from) ? undefined : domainOf(from.replace(/^["<]|[">]$/g, "")) || undefined
}
