import type { Identity } from "@tellonce/core"
import type { Tellonce } from "@tellonce/node"
import { openComplaint } from "../shop-actions.ts"
import type { ShopFields } from "../shop-context.ts"

/** Opens a complaint when the customer has told of a problem, in whatever channel; one at a time. */
export const noteComplaint = async (
  tellonce: Tellonce<ShopFields>,
  identity: Identity,
  place: { readonly channel: string; readonly source: string },
): Promise<void> => {
  const seen = await tellonce.view(identity)
  if (seen.problem.value === undefined || openComplaint(seen)) return
  const title = `${seen.orderedItem.value ?? "An item"} is ${seen.problem.value}`
  await tellonce.openMatter(identity, { kind: "complaint", title, ...place })
}
