import type { SidebarHost } from "@tellonce/core"
import { toText } from "../claims/to-text.ts"

/** The agent as a CRM names them; null without an id. */
export const toAgent = (claimedId: unknown, claimedName: unknown): Awaited<ReturnType<SidebarHost["agent"]>> => {
  const id = toText(claimedId)
  const name = toText(claimedName)
  return id === undefined ? null : { id, ...(name !== undefined && { name }) }
}
