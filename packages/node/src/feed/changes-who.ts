import { isEvent, type Signal } from "@tellonce/core"

/** Does it change which identities are one customer? */
export const changesWho = ({ event }: Signal): boolean => isEvent(event, "linked", "unlinked")
