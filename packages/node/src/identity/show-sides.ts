import { type Identity, identityKey } from "@tellonce/core"
import { service } from "../access/purpose.ts"
import { can } from "../can.ts"
import type { Principal } from "../principal.ts"
import type { IdentityRules } from "./identity-rules.ts"
import { toCanonicalIdentity } from "./to-canonical-identity.ts"
import type { UnlinkSides } from "./unlink-sides.ts"

const always = { name: service, serves: () => true, granted: true }

/** The sides as the caller may see them: who else a customer is is in their links, and whoever may not read those knows the two they named. */
export const showSides = (
  { parted, sides }: UnlinkSides,
  options: {
    readonly principal: Principal
    readonly identities: IdentityRules
    readonly ends: readonly [Identity, Identity]
  },
): UnlinkSides => {
  const { principal, identities: rules, ends } = options
  if (can(principal, "unlink", ["$links"], always).fields.length > 0) return { parted, sides }
  const named = ends.map((end) => identityKey(toCanonicalIdentity(rules, end)))
  const onlyNamed = (keys: readonly string[]) => keys.filter((key) => named.includes(key))
  return { parted, sides: sides.map((side) => ({ ...side, identities: onlyNamed(side.identities) })) }
}
