import { headersOf } from "../promises/shop.ts"
import { secret } from "../torture/torture-context.ts"

/** Per customer the different hashes that these nodes give. */
export const readHashes = async (
  urls: readonly string[],
  customers: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  const found = new Map<string, Set<string>>()
  for (const customer of customers) {
    const hashes = await Promise.all(urls.map((url) => readHash(url, customer)))
    found.set(customer, new Set(hashes))
  }
  return found
}

const readHash = async (url: string, customer: string): Promise<string> => {
  const response = await fetch(`${url}/v1/hash?identity=user:${customer}`, { headers: headersOf(secret) })
  const { hash } = (await response.json()) as { readonly hash?: string }
  return hash ?? `no hash: ${response.status}`
}
