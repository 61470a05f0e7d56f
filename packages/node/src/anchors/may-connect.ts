import ipaddr from "ipaddr.js"

/** May a connection go to this address? To public ones, and to the CIDR ranges that are named; v4-mapped addresses count as what they map. */
export const mayConnect = (address: string, ranges: readonly string[] = []): boolean => {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return isPublic(parsed) || ranges.some((range) => isWithin(parsed, range))
}

/** Is it a CIDR range? */
export const isRange = (range: string): boolean => ipaddr.isValidCIDR(range)

/** Public is what the registries call unicast; of IPv6 only what they have given out so far, so that new special ranges are refused. */
const isPublic = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  address.range() === "unicast" && (address.kind() === "ipv4" || isWithin(address, "2000::/3"))

const isWithin = (address: ipaddr.IPv4 | ipaddr.IPv6, range: string): boolean => {
  const [base, bits] = ipaddr.parseCIDR(range)
  return address.kind() === base.kind() && address.match(base, bits)
}
