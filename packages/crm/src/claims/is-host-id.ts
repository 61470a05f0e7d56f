import type { Identity } from "@tellonce/core"

/** An id that the host itself gives out, such as `zendesk.user`. What stands under a kind without a dot, such as `email`, anybody may have written. */
export const isHostId = ({ kind }: Identity): boolean => kind.includes(".")
