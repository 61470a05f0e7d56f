import { type AnyView, type Identity, parseIdentityKey, view } from "@tellonce/core"
import type { InteractionParts } from "./interaction-parts.ts"

/** The customer's identity under which something was kept, so that its end is kept there, too, and stays with it when a link is broken. */
export const findHolder = async <Found>(
  { customer, clock }: Pick<InteractionParts, "customer" | "clock">,
  identity: Identity,
  find: (seen: AnyView) => Found | undefined,
): Promise<{ readonly identity: Identity; readonly found: Found } | undefined> => {
  const { identities } = await customer(identity)
  for (const key of identities) {
    const own = parseIdentityKey(key)
    const found = find(view((await customer(own, true)).context, { now: clock() }))
    if (found !== undefined) return { identity: own, found }
  }
  return undefined
}
