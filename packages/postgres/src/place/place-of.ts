import { bucketOf } from "./bucket-of.ts"

/** What leads every key of the schema. */
export interface Place {
  /** Empty where the service has no tenants. */
  readonly tenant: string
  readonly bucket: number
  /** The name without its tenant: an identity's key, a chain, a receiver, a single-use name. */
  readonly name: string
}

/** Where a name is kept. A tenant's names lead with the tenant and a slash. */
export const placeOf = (full: string): Place => {
  const tenant = /^([a-z0-9][a-z0-9-]{0,62})\//.exec(full)?.[1] ?? ""
  const name = tenant === "" ? full : full.slice(tenant.length + 1)
  return { tenant, bucket: bucketOf(name), name }
}

export const nameOf = ({ tenant, name }: Pick<Place, "tenant" | "name">): string =>
  tenant === "" ? name : `${tenant}/${name}`

/** Places as the three arrays a statement unnests. */
export const columnsOf = (
  places: readonly Place[],
): readonly [readonly string[], readonly number[], readonly string[]] => [
  places.map(({ tenant }) => tenant),
  places.map(({ bucket }) => bucket),
  places.map(({ name }) => name),
]

/** In the order in which all writers lock, so that no two wait for each other. */
export const comparePlaces = (a: Place, b: Place): number =>
  compare(a.tenant, b.tenant) || a.bucket - b.bucket || compare(a.name, b.name)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Whose rows a transaction about these names has to see. */
export const tenantsOf = (names: readonly string[]): readonly string[] => [
  ...new Set(names.map((name) => placeOf(name).tenant)),
]
