import { canonicalIdentity, type Identity, type SidebarSubject } from "@tellonce/core"
import { toText } from "../claims/to-text.ts"

/** Whom a CRM says it shows, the CRM's own id first. What is no usable identity is left out; null when nothing is left. */
export const toSubject = (
  claimed: readonly (readonly [kind: string, value: unknown])[],
  name?: unknown,
): SidebarSubject | null => {
  const identities = claimed.flatMap(([kind, value]) => {
    const text = toText(value)
    return text === undefined || (kind === "email" && !text.includes("@"))
      ? []
      : [canonicalIdentity({ kind, value: text })]
  })
  const once = identities.filter((one, place) => identities.findIndex((other) => same(one, other)) === place)
  if (once.length === 0) return null
  const displayName = toText(name)
  return { identities: once, ...(displayName !== undefined && { displayName }) }
}

const same = (a: Identity, b: Identity): boolean => a.kind === b.kind && a.value === b.value
