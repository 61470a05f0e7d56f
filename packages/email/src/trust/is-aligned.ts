import { domainToASCII } from "node:url"
import { getDomain } from "tldts"

/**
 * Do both belong to one organisation, as DMARC's relaxed alignment sees it? By the public suffix list, private part included: two
 * customers of one hosting company are strangers.
 */
export const isAligned = (domain: string, other: string): boolean => {
  const [a, b] = [organisation(domain), organisation(other)]
  return a !== undefined && a === b
}

/** A name without a public suffix above it, such as one inside a company's network, stands for itself alone. */
const organisation = (domain: string): string | undefined => {
  const plain = domainToASCII(domain.trim().replace(/\.$/, "")).toLowerCase()
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(plain)) return undefined
  return getDomain(plain, { allowPrivateDomains: true }) ?? plain
}

/** Empty when there is none. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf("@") + 1 || address.length)
